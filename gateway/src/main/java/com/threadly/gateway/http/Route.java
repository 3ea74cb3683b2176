package com.threadly.gateway.http;

import io.javalin.http.Handler;
import io.javalin.http.HandlerType;

/**
 * What answers which requests.
 *
 * @param path as OpenAPI writes it, such as {@code /v1/notifications/{id}/read}
 * @param limited whether it counts for what one address may ask
 */
public record Route(HandlerType method, String path, Handler handler, boolean limited) {

    public static Route get(String path, Handler handler) {
        return new Route(HandlerType.GET, path, handler, true);
    }

    public static Route post(String path, Handler handler) {
        return new Route(HandlerType.POST, path, handler, true);
    }

    /** For who cannot ask too often: it shows who it is by other means. */
    public Route unlimited() {
        return new Route(method, path, handler, false);
    }
}
