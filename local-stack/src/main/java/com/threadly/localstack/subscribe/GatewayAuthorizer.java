package com.threadly.localstack.subscribe;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.pusher.client.AuthorizationFailureException;
import com.pusher.client.ChannelAuthorizer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;

/** Asks the gateway to authorize a user for a channel, with the user's bearer token. */
public final class GatewayAuthorizer {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final URI endpoint;
    private final Function<String, String> tokens;
    private final HttpClient http;

    /** {@code tokens} returns a user's bearer token. */
    public GatewayAuthorizer(URI gateway, Function<String, String> tokens, HttpClient http) {
        this.endpoint = URI.create(gateway.toString().replaceAll("/+$", "") + "/pusher/auth");
        this.tokens = tokens;
        this.http = http;
    }

    /** For the Pusher client, with the user ids that {@code askers} returns for channels. */
    ChannelAuthorizer by(Function<String, String> askers) {
        return (channel, socketId) -> authorize(channel, socketId, askers.apply(channel));
    }

    String authorize(String channel, String socketId, String userId) {
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .timeout(LIMIT)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Authorization", "Bearer " + tokens.apply(userId))
                .POST(HttpRequest.BodyPublishers.ofString("socket_id=" + URLEncoder.encode(socketId, UTF_8)
                        + "&channel_name=" + URLEncoder.encode(channel, UTF_8)))
                .build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() == 200) {
                return response.body();
            }
            throw new AuthorizationFailureException(String.format(
                    Locale.ROOT,
                    "%s as %s: the gateway at %s answered %d %s",
                    channel,
                    userId,
                    endpoint,
                    response.statusCode(),
                    response.body()));
        } catch (IOException unreachable) {
            throw new AuthorizationFailureException(
                    "%s as %s: no answer from the gateway at %s: %s".formatted(channel, userId, endpoint, unreachable));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AuthorizationFailureException(channel + ": interrupted");
        }
    }
}
