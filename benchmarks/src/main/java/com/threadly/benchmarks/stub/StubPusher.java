package com.threadly.benchmarks.stub;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Answers every push with 200 after a delay, and records what arrived. As bare as possible, because it shares the
 * machine with what is measured: sockets, virtual threads, and a search through the bytes.
 */
public final class StubPusher {

    /** Resets everything; {@code delay} in milliseconds, {@code conversations}, {@code arrivals} to record. */
    static final String BEGIN = "/control/begin";

    /** The report so far, as properties. */
    static final String REPORT = "/control/report";

    /** When each message arrived, by {@link System#nanoTime} of this machine; eight bytes each, 0 for missing ones. */
    static final String ARRIVALS = "/control/arrivals";

    private static final byte[] OK = "{}".getBytes(StandardCharsets.US_ASCII);
    private static final int BACKLOG = 4096;

    private volatile Arrivals arrivals = new Arrivals(0, 0);
    private volatile long delayMillis;

    private StubPusher() {}

    /** Arguments: the port to listen on. */
    public static void main(String[] args) throws IOException {
        var stub = new StubPusher();
        try (var server = new ServerSocket(Integer.parseInt(args[0]), BACKLOG, InetAddress.getLoopbackAddress())) {
            while (true) {
                Socket socket = server.accept();
                Thread.startVirtualThread(() -> stub.serve(socket));
            }
        }
    }

    private void serve(Socket socket) {
        try (socket;
                var http = new HttpConnection(socket)) {
            while (http.next()) {
                http.answer(answer(http));
            }
        } catch (IOException | InterruptedException e) {
            // The client is gone, as it may be at any time.
        }
    }

    private byte[] answer(HttpConnection request) throws InterruptedException {
        String target = request.target();
        if (!target.startsWith("/control/")) {
            arrivals.take(request.buffer(), request.bodyFrom(), request.bodyTo(), System.nanoTime());
            if (delayMillis > 0) {
                Thread.sleep(delayMillis);
            }
            return OK;
        }
        return switch (target.replaceFirst("\\?.*", "")) {
            case BEGIN -> {
                Map<String, Integer> wanted = query(target);
                delayMillis = wanted.getOrDefault("delay", 0);
                arrivals = new Arrivals(wanted.getOrDefault("conversations", 0), wanted.getOrDefault("arrivals", 0));
                yield OK;
            }
            case REPORT -> arrivals.report().asProperties().getBytes(StandardCharsets.US_ASCII);
            case ARRIVALS -> bytes(arrivals.times());
            default -> throw new IllegalArgumentException("nothing is at " + target);
        };
    }

    private static Map<String, Integer> query(String target) {
        var values = new HashMap<String, Integer>();
        for (String pair : target.substring(target.indexOf('?') + 1).split("&", -1)) {
            values.put(pair.substring(0, pair.indexOf('=')), Integer.valueOf(pair.substring(pair.indexOf('=') + 1)));
        }
        return values;
    }

    private static byte[] bytes(long[] values) {
        var bytes = ByteBuffer.allocate(values.length * Long.BYTES);
        bytes.asLongBuffer().put(values);
        return bytes.array();
    }
}
