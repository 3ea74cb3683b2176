package com.threadly.gateway.activity;

import com.threadly.events.ChannelNames;
import com.threadly.events.InvalidFieldException;
import com.threadly.gateway.http.ProblemException;
import com.threadly.gateway.identity.Authenticator;
import com.threadly.runtime.http.Problem;
import com.threadly.runtime.retry.UnavailableException;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code GET /v1/presence/channels/{channel}} and {@code GET /v1/presence/users/{userId}}: forwards the presence
 * aggregator's answers to any signed-in user.
 */
public final class PresenceProxy implements AutoCloseable {

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(1);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);
    private static final int MAX_ANSWER_BYTES = 1024 * 1024;

    private final Authenticator authenticator;
    private final Optional<URI> aggregator;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT_WITHIN).build();

    /** @param aggregator base address of an aggregator's admin port; empty when there is none */
    public PresenceProxy(Authenticator authenticator, Optional<URI> aggregator) {
        this.authenticator = authenticator;
        this.aggregator = aggregator;
    }

    public void channel(Context exchange) throws UnavailableException {
        var _ = authenticator.user(exchange);
        String channel = exchange.pathParam("channel");
        if (!ChannelNames.isPresence(channel)) {
            throw new ProblemException(Problem.notFound("there is no such presence channel"));
        }
        passOn(exchange, "/presence/channels/" + channel);
    }

    public void user(Context exchange) throws UnavailableException {
        var _ = authenticator.user(exchange);
        passOn(exchange, "/presence/users/" + userId(exchange.pathParam("userId")));
    }

    private void passOn(Context exchange, String path) throws UnavailableException {
        URI base = aggregator.orElseThrow(
                () -> new ProblemException(Problem.notFound("presence queries are not enabled here")));
        var request = HttpRequest.newBuilder(URI.create(base.toString().replaceAll("/+$", "") + path))
                .timeout(ANSWER_WITHIN)
                .build();
        try {
            HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
            byte[] body;
            try (InputStream in = answer.body()) {
                body = in.readNBytes(MAX_ANSWER_BYTES + 1);
            }
            if (answer.statusCode() == 404) {
                throw new ProblemException(Problem.notFound("it is unknown"));
            }
            if (answer.statusCode() != 200 || body.length > MAX_ANSWER_BYTES) {
                throw new IOException(
                        String.format(Locale.ROOT, "HTTP %d, %d bytes", answer.statusCode(), body.length));
            }
            exchange.contentType("application/json").result(body);
        } catch (IOException e) {
            throw unavailable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(e);
        }
    }

    /** An id that is valid in a channel name is safe in a path, except one of only dots. */
    private static String userId(String text) {
        try {
            if (!text.matches("\\.+")) {
                ChannelNames.user("userId", text);
                return text;
            }
        } catch (InvalidFieldException e) {
            // The problem below covers both.
        }
        throw new ProblemException(Problem.notFound("there is no such user"));
    }

    private static UnavailableException unavailable(Exception cause) {
        return new UnavailableException(
                "no valid response from the presence aggregator; check PRESENCE_URL and the aggregator: "
                        + cause.getMessage(),
                cause);
    }

    @Override
    public void close() {
        http.close();
    }
}
