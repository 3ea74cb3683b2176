package com.threadly.gateway.activity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.threadly.events.ChannelNames;
import com.threadly.events.InvalidFieldException;
import com.threadly.gateway.access.Access;
import com.threadly.gateway.http.Answers;
import com.threadly.gateway.http.ProblemException;
import com.threadly.gateway.identity.Authenticator;
import com.threadly.gateway.identity.User;
import com.threadly.gateway.privacy.PresenceNames;
import com.threadly.gateway.privacy.SettingsRoutes;
import com.threadly.gateway.privacy.UserSettings;
import com.threadly.payload.JsonMappers;
import com.threadly.payload.Payloads;
import com.threadly.runtime.http.Problem;
import com.threadly.runtime.retry.UnavailableException;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * {@code GET /v1/presence/channels/{channel}} and {@code GET /v1/presence/users/{userId}}: forwards the presence
 * aggregator's answers. Who is on a channel is for its members, others get the numbers; the status of a user is for
 * those who share a conversation or an order with them.
 */
public final class PresenceProxy implements AutoCloseable {

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(1);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);
    private static final int MAX_ANSWER_BYTES = 1024 * 1024;

    private record Offline(String userId, String status, String lastSeen) {}

    private static final String MEMBERS = "members";
    private static final ObjectMapper JSON = JsonMappers.builder().build();

    private final Authenticator authenticator;
    private final Access access;
    private final PresenceNames names;
    private final SettingsRoutes.Store settings;
    private final Optional<URI> aggregator;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT_WITHIN).build();

    /** @param aggregator base address of an aggregator's admin port; empty when there is none */
    public PresenceProxy(
            Authenticator authenticator,
            Access access,
            PresenceNames names,
            SettingsRoutes.Store settings,
            Optional<URI> aggregator) {
        this.authenticator = authenticator;
        this.access = access;
        this.names = names;
        this.settings = settings;
        this.aggregator = aggregator;
    }

    public void channel(Context exchange) throws UnavailableException {
        User user = authenticator.user(exchange);
        String channel = exchange.pathParam("channel");
        if (!ChannelNames.isPresence(channel)) {
            throw new ProblemException(Problem.notFound("there is no such presence channel"));
        }
        if (channel.startsWith(ChannelNames.USER_PRESENCE_PREFIX) && !PresenceNames.isOwn(channel, user.id())) {
            // Its numbers would tell whether its owner is there, and its members who looks at them.
            throw new ProblemException(Problem.forbidden("this channel is another user's; ask for their status"));
        }
        try (var _ = authenticator.turn(user, 1)) {
            Answers.json(exchange, asSeenBy(user, channel, ask("/presence/channels/" + channel)));
        }
    }

    /** With the members' names on the channel, or without any unless the user is among them. */
    private byte[] asSeenBy(User user, String channel, byte[] answer) throws UnavailableException {
        try {
            if (!(JSON.readTree(answer) instanceof ObjectNode presence)) {
                throw new IOException("no JSON object");
            }
            Set<String> members = presence.path(MEMBERS)
                    .valueStream()
                    .map(JsonNode::asText)
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            if (names.areShown() && members.contains(user.id())) {
                Set<String> offline = names.appearingOffline(members);
                ArrayNode shown = presence.putArray(MEMBERS);
                // In the order of names: the place of a pseudonym would tell where the id belongs.
                members.stream()
                        .flatMap(member -> names.name(channel, member, offline).stream())
                        .sorted()
                        .forEach(shown::add);
            } else {
                presence.remove(List.of(MEMBERS, "truncated"));
            }
            return JSON.writeValueAsBytes(presence);
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    public void user(Context exchange) throws UnavailableException {
        User user = authenticator.user(exchange);
        String other = userId(exchange.pathParam("userId"));
        try (var _ = authenticator.turn(user, 1)) {
            Answers.json(exchange, status(user, other));
        }
    }

    private byte[] status(User user, String other) throws UnavailableException {
        if (access.acquaintancesOf(user, Set.of(other)).isEmpty()) {
            throw new ProblemException(
                    Problem.forbidden("the status of a user is for those who share a conversation or an order"));
        }
        UserSettings set = settings.of(other);
        // Asked in any case: otherwise whatever goes wrong there would tell who only appears offline.
        byte[] answer = ask("/presence/users/" + other);
        return set.appearOffline() && !other.equals(user.id()) ? offline(other, set.asOf()) : answer;
    }

    /** As if the user had left when they chose to appear offline. */
    private static byte[] offline(String userId, Instant since) {
        return Payloads.json(new Offline(
                        userId, "offline", since.truncatedTo(ChronoUnit.MINUTES).toString()))
                .getBytes(StandardCharsets.UTF_8);
    }

    private byte[] ask(String path) throws UnavailableException {
        URI base = aggregator.orElseThrow(
                () -> new ProblemException(Problem.notFound("presence queries are not enabled here")));
        var request = HttpRequest.newBuilder(URI.create(base.toString().replaceAll("/+$", "") + path))
                .build();
        // A future, as the request's own timeout ends with the headers.
        CompletableFuture<HttpResponse<byte[]>> answering =
                http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES));
        try {
            HttpResponse<byte[]> answer = answering.get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            if (answer.statusCode() == 404) {
                throw new ProblemException(Problem.notFound("it is unknown"));
            }
            if (answer.statusCode() != 200) {
                throw unavailable(new IOException("HTTP " + answer.statusCode()));
            }
            return answer.body();
        } catch (ExecutionException | TimeoutException e) {
            throw unavailable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(e);
        } finally {
            answering.cancel(true);
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
