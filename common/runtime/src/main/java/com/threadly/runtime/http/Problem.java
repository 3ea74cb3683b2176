package com.threadly.runtime.http;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Duration;
import java.util.Locale;

/**
 * A problem by RFC 9457.
 *
 * @param title the status in words
 * @param detail what the caller can do about it; never internals, never a token or content
 * @param retryAfter when to retry; zero when time does not matter
 */
@JsonPropertyOrder({"type", "title", "status", "detail"})
public record Problem(
        int status, String title, String detail, @JsonIgnore Duration retryAfter) {

    private static final Duration UNAVAILABLE_FOR = Duration.ofSeconds(5);

    public static final String CONTENT_TYPE = "application/problem+json";

    public Problem(int status, String title, String detail) {
        this(status, title, detail, Duration.ZERO);
    }

    /** The type that says no more than the status. */
    @JsonProperty("type")
    String type() {
        return "about:blank";
    }

    /** Whether the caller is at fault, rather than the gateway or its dependencies. */
    @JsonIgnore
    public boolean isOfCaller() {
        return status < 500;
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

    public static Problem notFound() {
        return notFound("no route for this method and path");
    }

    public static Problem notFound(String detail) {
        return new Problem(404, "Not Found", detail);
    }

    public static Problem methodNotAllowed(String detail) {
        return new Problem(405, "Method Not Allowed", detail);
    }

    public static Problem tooLarge(int maxBytes) {
        return new Problem(
                413, "Content Too Large", String.format(Locale.ROOT, "the body may have at most %d bytes", maxBytes));
    }

    public static Problem tooSlow(Duration limit) {
        return new Problem(
                408,
                "Request Timeout",
                String.format(Locale.ROOT, "the complete body did not arrive within %d ms", limit.toMillis()));
    }

    public static Problem tooMany(Duration retryAfter) {
        return new Problem(
                429, "Too Many Requests", "rate limit exceeded; wait as long as Retry-After says", retryAfter);
    }

    public static Problem internal() {
        return new Problem(500, "Internal Server Error", "internal error; try again later");
    }

    public static Problem unavailable() {
        return unavailable("try again later");
    }

    /** For now: the same request may succeed some seconds later. */
    public static Problem unavailable(String detail) {
        return new Problem(503, "Service Unavailable", detail, UNAVAILABLE_FOR);
    }
}
