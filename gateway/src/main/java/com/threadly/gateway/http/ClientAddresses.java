package com.threadly.gateway.http;

import io.javalin.config.Key;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.util.Arrays;
import java.util.List;

/**
 * Where a request comes from. Each proxy of ours adds the address that asked it to the end of {@code X-Forwarded-For},
 * on the same line or on one of its own; what stands before that was written by the caller, who may write anything.
 *
 * @param trustedProxies how many proxies of ours a request passes
 */
public record ClientAddresses(int trustedProxies) {

    static final Key<ClientAddresses> KEY = new Key<>("addresses");

    /** The caller's address in short, as {@link ClientAddress} writes it. */
    public static String of(Context request) {
        return request.appData(KEY).of(request.ip(), RequestHeaders.all(request, Header.X_FORWARDED_FOR));
    }

    /**
     * The address that the outermost proxy of ours saw. When there are fewer entries than proxies, or that proxy wrote
     * no address, the one who asks: never anything that the caller wrote.
     *
     * @param peer who asks: the last proxy, or the caller when there is none
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
