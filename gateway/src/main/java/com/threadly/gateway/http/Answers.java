package com.threadly.gateway.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Writes answers. Javalin would copy each through a buffer of its own, which most answers would fit into many times. */
public final class Answers {

    private Answers() {}

    /** Answers with {@code json}. */
    public static void json(Context exchange, String json) {
        json(exchange, json.getBytes(StandardCharsets.UTF_8));
    }

    /** Answers with {@code json} in UTF-8. */
    public static void json(Context exchange, byte[] json) {
        write(exchange, "application/json", json);
    }

    static void write(Context exchange, String contentType, byte[] body) {
        exchange.contentType(contentType);
        try {
            exchange.outputStream().write(body);
        } catch (IOException e) {
            // The caller is gone: nobody is left to tell.
        }
    }
}
