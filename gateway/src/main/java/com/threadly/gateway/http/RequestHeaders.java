package com.threadly.gateway.http;

import io.javalin.http.Context;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Request headers, each of which may occur several times. */
public final class RequestHeaders {

    private RequestHeaders() {}

    /** All values, in order. */
    static List<String> all(Context request, String name) {
        return Collections.list(request.req().getHeaders(name));
    }

    /** The only value; null when there is none, or more than one. */
    public static @Nullable String only(Context request, String name) {
        List<String> values = all(request, name);
        return values.size() == 1 ? values.getFirst() : null;
    }
}
