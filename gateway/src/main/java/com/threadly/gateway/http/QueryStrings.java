package com.threadly.gateway.http;

import com.threadly.runtime.http.Problem;
import io.javalin.http.Context;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Addresses that cannot be read: Javalin would leave malformed parts of a query out, and stumble over those of a path. */
final class QueryStrings {

    private static final Pattern INCOMPLETE_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    private QueryStrings() {}

    /** @throws ProblemException when a percent sign does not begin an escape */
    static void requireReadable(Context exchange) {
        requireReadable("path", exchange.req().getRequestURI());
        requireReadable("query", exchange.queryString());
    }

    private static void requireReadable(String part, @Nullable String text) {
        if (text != null && INCOMPLETE_ESCAPE.matcher(text).find()) {
            throw new ProblemException(
                    Problem.malformed("the " + part + " has a % that is not followed by two hex digits"));
        }
    }
}
