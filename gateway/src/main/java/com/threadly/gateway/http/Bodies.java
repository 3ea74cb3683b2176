package com.threadly.gateway.http;

import io.javalin.http.Context;
import java.io.IOException;

/** Request bodies, read within a limit, whether or not their length is announced. */
public final class Bodies {

    private Bodies() {}

    /**
     * The raw body.
     *
     * @throws ProblemException when it is longer than {@code maxBytes} or does not arrive whole
     */
    public static byte[] read(Context request, int maxBytes) {
        if (request.req().getContentLengthLong() > maxBytes) {
            throw new ProblemException(Problem.tooLarge(maxBytes));
        }
        byte[] body;
        try {
            body = request.bodyInputStream().readNBytes(maxBytes + 1);
        } catch (IOException e) {
            throw new ProblemException(Problem.malformed("the body did not arrive whole"));
        }
        if (body.length > maxBytes) {
            throw new ProblemException(Problem.tooLarge(maxBytes));
        }
        return body;
    }
}
