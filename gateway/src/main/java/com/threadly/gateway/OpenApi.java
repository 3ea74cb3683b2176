package com.threadly.gateway;

import com.threadly.gateway.http.Answers;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** {@code GET /openapi.json}: the API's machine-readable description. */
final class OpenApi implements Handler {

    private final byte[] document = read();

    @Override
    public void handle(Context exchange) {
        Answers.json(exchange, document);
    }

    private static byte[] read() {
        try (InputStream in = OpenApi.class.getResourceAsStream("openapi.json")) {
            return Objects.requireNonNull(in, "openapi.json is not in the jar").readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
