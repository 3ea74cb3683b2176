package com.threadly.gateway.http;

import io.javalin.config.Key;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Determines a request's client address. Each of our proxies appends its client's address to {@code X-Forwarded-For},
 * on the same line or on a new one; anything before that is written by the caller and not trusted.
 */
public final class ClientAddresses {

    private static final Logger log = LoggerFactory.getLogger(ClientAddresses.class);

    static final Key<ClientAddresses> KEY = new Key<>("addresses");

    private final int trustedProxies;
    private final AtomicBoolean warned = new AtomicBoolean();

    /** @param trustedProxies how many of our proxies a request passes */
    ClientAddresses(int trustedProxies) {
        this.trustedProxies = trustedProxies;
    }

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
        if (trustedProxies == 0 && !entries.isEmpty()) {
            warnOfUntrusted(peer);
        }
        boolean forwarded = trustedProxies > 0 && entries.size() >= trustedProxies;
        return ClientAddress.parse(forwarded ? entries.get(entries.size() - trustedProxies) : peer)
                .or(() -> ClientAddress.parse(peer))
                .orElse("unknown");
    }

    /** Once: anyone may send the header, but behind a forgotten proxy every request has it. */
    private void warnOfUntrusted(String peer) {
        if (!ClientAddress.isLoopback(peer) && warned.compareAndSet(false, true)) {
            log.atWarn()
                    .addKeyValue("peer", peer)
                    .log("a request has X-Forwarded-For, but HTTP_TRUSTED_PROXIES is 0: if proxies of yours are in"
                            + " front of the gateway, set it to their number, or all callers share one address and"
                            + " its limits");
        }
    }
}
