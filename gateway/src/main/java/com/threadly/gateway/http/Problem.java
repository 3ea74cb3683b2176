package com.threadly.gateway.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * What went wrong, by RFC 9457.
 *
 * @param title the status in words
 * @param detail what the caller can do about it; never internals, never a token or content
 */
@JsonPropertyOrder({"type", "title", "status", "detail"})
public record Problem(int status, String title, String detail) {

    static final String CONTENT_TYPE = "application/problem+json";

    /** The type that says no more than the status does. */
    @JsonProperty("type")
    String type() {
        return "about:blank";
    }

    public static Problem malformed(String detail) {
        return new Problem(400, "Bad Request", detail);
    }

    public static Problem unauthenticated(String detail) {
        return new Problem(401, "Unauthorized", detail);
    }

    public static Problem forbidden(String detail) {
        return new Problem(403, "Forbidden", detail);
    }

    static Problem notFound() {
        return new Problem(404, "Not Found", "there is nothing at this path for this method");
    }

    static Problem tooLarge(int maxBytes) {
        return new Problem(413, "Content Too Large", "a body here has at most %d bytes".formatted(maxBytes));
    }

    static Problem internal() {
        return new Problem(500, "Internal Server Error", "this is our fault; try again later");
    }

    public static Problem unavailable() {
        return new Problem(503, "Service Unavailable", "try again later");
    }
}
