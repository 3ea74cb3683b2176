package com.threadly.gateway.http;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;

/** Request bodies, read within a limit, whether or not their length is announced. */
public final class Bodies {

    /** Of a body that is too large, so much is read and thrown away. */
    private static final int MAX_DRAINED_BYTES = 2 * 1024 * 1024;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

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

    /**
     * The body as JSON of {@code type}.
     *
     * @throws ProblemException when it is no such JSON, as {@code expected} shows it; when it is longer than
     *     {@code maxBytes}, too
     */
    public static <T> T json(Context request, int maxBytes, Class<T> type, String expected) {
        try {
            T value = JSON.readValue(read(request, maxBytes), type);
            if (value != null) {
                return value;
            }
        } catch (IOException e) {
            // The message below covers both, and quotes nothing.
        }
        throw new ProblemException(Problem.malformed("the body is not JSON such as " + expected));
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
