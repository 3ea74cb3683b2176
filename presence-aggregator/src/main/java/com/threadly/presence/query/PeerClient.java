package com.threadly.presence.query;

import com.threadly.runtime.http.Problem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import org.apache.kafka.streams.state.HostInfo;

/** Forwards queries to the other processes. */
final class PeerClient implements AutoCloseable {

    /** Marks a query as forwarded, so that it is not forwarded again. */
    static final String PASSED_ON = "Threadly-Passed-On";

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    /** The response of {@code host} to the query at {@code address}. */
    PresenceResponse ask(HostInfo host, URI address) throws InterruptedException {
        // Not the whole address, which may contain another host.
        String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
        URI there = URI.create(String.format(
                Locale.ROOT, "http://%s:%d%s%s", bracketed(host.host()), host.port(), address.getRawPath(), query));
        try {
            var response = http.send(
                    HttpRequest.newBuilder(there)
                            .header(PASSED_ON, "true")
                            .timeout(PATIENCE)
                            .build(),
                    BodyHandlers.ofString());
            return new PresenceResponse(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse("application/json"),
                    response.body());
        } catch (IOException e) {
            return PresenceResponse.of(Problem.unavailable(String.format(
                    Locale.ROOT, "%s:%d, which has the state, does not respond", host.host(), host.port())));
        }
    }

    private static String bracketed(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }

    @Override
    public void close() {
        http.close();
    }
}
