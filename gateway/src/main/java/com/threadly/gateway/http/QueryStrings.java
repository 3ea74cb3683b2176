package com.threadly.gateway.http;

import com.threadly.runtime.http.Problem;
import io.javalin.http.Context;
import java.util.regex.Pattern;

/** Query strings that Javalin would read as if their malformed parts were not there. */
final class QueryStrings {

    private static final Pattern INCOMPLETE_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    private QueryStrings() {}

    /** @throws ProblemException when a percent sign does not begin an escape */
    static void requireReadable(Context exchange) {
        String query = exchange.queryString();
        if (query != null && INCOMPLETE_ESCAPE.matcher(query).find()) {
            throw new ProblemException(Problem.malformed("the query has a % that is not followed by two hex digits"));
        }
    }
}
