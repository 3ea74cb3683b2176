package com.threadly.gateway.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;

/**
 * A route and its handler.
 *
 * @param path as in OpenAPI, such as {@code /v1/notifications/{id}/read}
 * @param limited whether it counts towards the rate limit of an address
 */
public record Route(HandlerType method, String path, Handler handler, boolean limited) {

    public static Route get(String path, Handler handler) {
        return new Route(HandlerType.GET, path, handler, true);
    }

    public static Route post(String path, Handler handler) {
        return new Route(HandlerType.POST, path, handler, true);
    }

    public static Route patch(String path, Handler handler) {
        return new Route(HandlerType.PATCH, path, handler, true);
    }

    /** Whether {@code exchange} is a request of this route, which has no parameters in its path. */
    boolean is(Context exchange) {
        return exchange.method().equals(method) && exchange.path().equals(path);
    }

    /** A route without rate limit, for callers that authenticate by other means. */
    public Route unlimited() {
        return new Route(method, path, handler, false);
    }
}
