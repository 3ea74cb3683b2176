package com.threadly.gateway.http;

import io.javalin.http.Context;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Headers of a request, of which each may come in several lines. */
public final class RequestHeaders {

    private RequestHeaders() {}

    /** The values of all lines, in order. */
    static List<String> all(Context request, String name) {
        return Collections.list(request.req().getHeaders(name));
    }

    /** The only value; null when there is none, or when it cannot be told which of several is meant. */
    public static @Nullable String only(Context request, String name) {
        List<String> values = all(request, name);
        return values.size() == 1 ? values.getFirst() : null;
    }
}
