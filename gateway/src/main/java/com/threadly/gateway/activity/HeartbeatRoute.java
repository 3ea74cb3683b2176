package com.threadly.gateway.activity;

import com.threadly.events.ChannelNames;
import com.threadly.events.PresenceChange;
import com.threadly.events.PresenceChanged;
import com.threadly.events.Topics;
import com.threadly.gateway.http.ProblemException;
import com.threadly.gateway.http.RequestBodies;
import com.threadly.gateway.identity.Authenticator;
import com.threadly.gateway.identity.User;
import com.threadly.gateway.limits.DistinctQuota;
import com.threadly.gateway.publishing.EventSink;
import com.threadly.gateway.publishing.OutgoingEvent;
import com.threadly.runtime.http.Problem;
import com.threadly.runtime.retry.UnavailableException;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/presence}: the caller is still on these presence channels, or is away. */
public final class HeartbeatRoute implements Handler {

    private static final int MAX_BODY_BYTES = 8 * 1024;
    private static final int MAX_CHANNELS = 20;
    private static final String EXPECTED = "{\"channels\": [\"presence-product-1\"], \"change\": \"SEEN\"}";

    private record Body(
            @Nullable List<@Nullable String> channels,
            @Nullable String change) {}

    private final Authenticator authenticator;
    private final DistinctQuota quota;
    private final EventSink sink;
    private final Clock clock;

    public HeartbeatRoute(Authenticator authenticator, DistinctQuota quota, EventSink sink, Clock clock) {
        this.authenticator = authenticator;
        this.quota = quota;
        this.sink = sink;
        this.clock = clock;
    }

    @Override
    public void handle(Context exchange) throws UnavailableException {
        User user = authenticator.user(exchange);
        Body body = RequestBodies.json(exchange, MAX_BODY_BYTES, Body.class, EXPECTED);
        PresenceChange change = change(body.change());
        List<String> channels = channels(body);
        try (var _ = authenticator.turn(user, channels.size())) {
            if (!quota.admits(user.id(), channels)) {
                throw new ProblemException(Problem.tooMany(DistinctQuota.RETRY_AFTER));
            }
            Instant now = clock.instant();
            sink.append(channels.stream()
                    .<OutgoingEvent<?>>map(channel -> new OutgoingEvent<>(
                            Topics.PRESENCE_EVENTS,
                            PresenceChanged.newBuilder()
                                    .setEventId(UUID.randomUUID())
                                    .setOccurredAt(now)
                                    .setChannel(channel)
                                    .setUserId(user.id())
                                    .setChange(change)
                                    .build()))
                    .toList());
        }
        exchange.status(204);
    }

    /** Joins and leaves come from Pusher's webhooks. */
    private static PresenceChange change(@Nullable String text) {
        return switch (text) {
            case "SEEN" -> PresenceChange.SEEN;
            case "AWAY" -> PresenceChange.AWAY;
            case null, default -> throw malformed("change must be SEEN or AWAY");
        };
    }

    private static List<String> channels(Body body) {
        List<@Nullable String> channels = Objects.requireNonNullElse(body.channels(), List.of());
        if (channels.isEmpty() || channels.size() > MAX_CHANNELS) {
            throw malformed(
                    String.format(Locale.ROOT, "channels must be 1 to %d names of presence channels", MAX_CHANNELS));
        }
        return channels.stream().map(HeartbeatRoute::checked).distinct().toList();
    }

    private static String checked(@Nullable String channel) {
        if (channel == null || !ChannelNames.isPresence(channel)) {
            throw malformed("channels must be names of presence channels");
        }
        return channel;
    }

    private static ProblemException malformed(String detail) {
        return new ProblemException(Problem.malformed(detail));
    }
}
