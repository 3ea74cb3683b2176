package com.threadly.gateway.http;

import io.javalin.config.Key;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.util.Arrays;
import java.util.List;

/**
 * Determines a request's client address. Each of our proxies appends its client's address to {@code X-Forwarded-For},
 * on the same line or on a new one; anything before that is written by the caller and not trusted.
 *
 * @param trustedProxies how many of our proxies a request passes
 */
public record ClientAddresses(int trustedProxies) {

    static final Key<ClientAddresses> KEY = new Key<>("addresses");

    /** The caller's address in the form of {@link ClientAddress}. */
    public static String of(Context request) {
        return request.appData(KEY).of(request.ip(), RequestHeaders.all(request, Header.X_FORWARDED_FOR));
    }

    /**
     * The address that our outermost proxy saw. When there are fewer entries than proxies, or that entry is not an
     * address, {@code peer}: never anything that the caller wrote.
     *
     * @param peer the last proxy, or the caller when there is none
     * @param forwardedFor the lines of {@code X-Forwarded-For}, in order
     */
    String of(String peer, List<String> forwardedFor) {
        List<String> entries = forwardedFor.stream()
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .toList();
        boolean forwarded = trustedProxies > 0 && entries.size() >= trustedProxies;
        return ClientAddress.parse(forwarded ? entries.get(entries.size() - trustedProxies) : peer)
                .or(() -> ClientAddress.parse(peer))
                .orElse("unknown");
    }
}
