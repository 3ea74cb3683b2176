package com.threadly.gateway.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The bodies of answers. They are written when the handler has ended and holds nothing any more, as callers may read
 * slowly. Javalin would copy each through a buffer of its own, which most answers would fit into many times.
 */
public final class Answers {

    private static final String BODY = "threadly.answer";

    private Answers() {}

    /** Answers with {@code json}. */
    public static void json(Context exchange, String json) {
        json(exchange, json.getBytes(StandardCharsets.UTF_8));
    }

    /** Answers with {@code json} in UTF-8. */
    public static void json(Context exchange, byte[] json) {
        put(exchange, "application/json", json);
    }

    static void put(Context exchange, String contentType, byte[] body) {
        exchange.contentType(contentType);
        exchange.attribute(BODY, body);
    }

    /** After all handlers. */
    static void write(Context exchange) {
        byte[] body = exchange.attribute(BODY);
        if (body != null) {
            RequestBodies.release(exchange);
            try {
                exchange.outputStream().write(body);
            } catch (IOException e) {
                // The caller is gone: nobody is left to tell.
            }
        }
    }
}
