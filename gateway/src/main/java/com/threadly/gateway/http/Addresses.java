package com.threadly.gateway.http;

import io.javalin.http.Context;
import io.javalin.http.Header;
import java.util.List;

/**
 * Where a request comes from. Each proxy of ours adds the address that asked it to the end of {@code X-Forwarded-For};
 * what stands before that was written by the caller, who may write anything.
 */
record Addresses(int trustedProxies) {

    String of(Context exchange) {
        List<String> forwarded = forwarded(exchange);
        return trustedProxies == 0 || forwarded.size() < trustedProxies
                ? exchange.ip()
                : forwarded.get(forwarded.size() - trustedProxies).strip();
    }

    private static List<String> forwarded(Context exchange) {
        String header = exchange.header(Header.X_FORWARDED_FOR);
        return header == null ? List.of() : List.of(header.split(",", -1));
    }
}
