package com.threadly.gateway.http;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.Header;
import java.util.Set;

/** Headers of every response: security headers, and CORS for allowed pages. */
final class ResponseHeaders {

    private final Set<String> allowedOrigins;

    ResponseHeaders(Set<String> allowedOrigins) {
        this.allowedOrigins = allowedOrigins;
    }

    void careful(Context exchange) {
        exchange.header(Header.CACHE_CONTROL, "no-store")
                .header(Header.X_CONTENT_TYPE_OPTIONS, "nosniff")
                .header(Header.REFERRER_POLICY, "no-referrer")
                .header(Header.CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'");
    }

    /** No credentials are allowed: the token is in a header, never in a cookie. */
    void crossOrigin(Context exchange) {
        exchange.header(Header.VARY, Header.ORIGIN);
        String origin = RequestHeaders.only(exchange, Header.ORIGIN);
        if (origin == null || !allowedOrigins.contains(origin)) {
            return;
        }
        exchange.header(Header.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
                .header(Header.ACCESS_CONTROL_EXPOSE_HEADERS, "ETag, Retry-After");
        if (exchange.method().equals(HandlerType.OPTIONS)) {
            exchange.header(Header.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, PATCH")
                    .header(Header.ACCESS_CONTROL_ALLOW_HEADERS, "Authorization, Content-Type, If-None-Match")
                    .header(Header.ACCESS_CONTROL_MAX_AGE, "600");
        }
    }
}
