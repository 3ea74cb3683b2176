package com.threadly.gateway.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;

/** Request bodies, read within a limit, whether or not their length is announced. */
public final class Bodies {

    /** Of a body that is too large, so much is read and thrown away. */
    private static final int MAX_DRAINED_BYTES = 2 * 1024 * 1024;

    private Bodies() {}

    /**
     * The raw body.
     *
     * @throws ProblemException when it is longer than {@code maxBytes} or does not arrive whole
     */
    public static byte[] read(Context request, int maxBytes) {
        try {
            InputStream in = request.bodyInputStream();
            boolean announcedTooLarge = request.req().getContentLengthLong() > maxBytes;
            byte[] body = announcedTooLarge ? new byte[0] : in.readNBytes(maxBytes + 1);
            if (announcedTooLarge || body.length > maxBytes) {
                drain(in);
                throw new ProblemException(Problem.tooLarge(maxBytes));
            }
            return body;
        } catch (IOException e) {
            throw new ProblemException(Problem.malformed("the body did not arrive whole"));
        }
    }

    /** A connection closed on unread bytes is reset, and the caller may lose the answer that says why. */
    private static void drain(InputStream in) throws IOException {
        byte[] thrownAway = new byte[8 * 1024];
        for (int left = MAX_DRAINED_BYTES; left > 0; ) {
            int read = in.read(thrownAway);
            if (read < 0) {
                return;
            }
            left -= read;
        }
    }
}
