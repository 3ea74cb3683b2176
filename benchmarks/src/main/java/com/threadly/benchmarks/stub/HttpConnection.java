package com.threadly.benchmarks.stub;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** The requests of one kept-alive connection, one by one: enough of HTTP/1.1 for the measured clients. */
final class HttpConnection implements AutoCloseable {

    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final String LENGTH = "\r\ncontent-length:";

    private final InputStream in;
    private final OutputStream out;
    private byte[] buffer = new byte[32 * 1024];
    private int filled;
    private String target = "";
    private int bodyFrom;
    private int bodyTo;

    HttpConnection(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    /** Reads the whole next request; false if the client has closed. */
    boolean next() throws IOException {
        System.arraycopy(buffer, bodyTo, buffer, 0, filled - bodyTo);
        filled -= bodyTo;
        bodyTo = 0;
        int end = Bytes.find(END_OF_HEAD, buffer, 0, filled);
        while (end < 0) {
            if (!more()) {
                return false;
            }
            end = Bytes.find(END_OF_HEAD, buffer, 0, filled);
        }
        String head = new String(buffer, 0, end + 2, StandardCharsets.ISO_8859_1);
        target = head.substring(head.indexOf(' ') + 1, head.indexOf(' ', head.indexOf(' ') + 1));
        bodyFrom = end + END_OF_HEAD.length;
        bodyTo = bodyFrom + contentLength(head);
        while (filled < bodyTo) {
            if (!more()) {
                return false;
            }
        }
        return true;
    }

    private static int contentLength(String head) {
        String lower = head.toLowerCase(Locale.ROOT);
        int at = lower.indexOf(LENGTH);
        return at < 0
                ? 0
                : Integer.parseInt(lower.substring(at + LENGTH.length(), lower.indexOf('\r', at + LENGTH.length()))
                        .strip());
    }

    private boolean more() throws IOException {
        if (filled == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        int read = in.read(buffer, filled, buffer.length - filled);
        filled += Math.max(0, read);
        return read >= 0;
    }

    String target() {
        return target;
    }

    byte[] buffer() {
        return buffer;
    }

    int bodyFrom() {
        return bodyFrom;
    }

    int bodyTo() {
        return bodyTo;
    }

    void answer(byte[] body) throws IOException {
        byte[] head = ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] answer = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, answer, head.length, body.length);
        out.write(answer);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
