package com.threadly.gateway.inbox;

import com.threadly.events.NotificationsRead;
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
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/notifications/{id}/read} and {@code POST /v1/notifications/read}: marks one, several, or all up to a
 * time as read. Publishes an event; the caller sees the effect at once.
 */
public final class MarkRoutes {

    /** The notifications that a user can know of. */
    @FunctionalInterface
    public interface Known {
        /** Those of {@code ids} that are in the user's inbox. */
        Set<UUID> among(String userId, Set<UUID> ids) throws UnavailableException;
    }

    /** Of each user, while the database is unavailable: every id is then kept until its notification comes. */
    private static final int MAX_UNCHECKED_IDS = 100;

    private static final int MAX_BODY_BYTES = 16 * 1024;
    private static final int MAX_IDS = 100;
    private static final String EXPECTED = "{\"ids\": [\"…\"]} or {\"allUpTo\": \"2026-01-31T00:00:00Z\"}";

    private record Body(
            @Nullable List<@Nullable String> ids, @Nullable String allUpTo) {}

    private final DistinctQuota unchecked = new DistinctQuota(MAX_UNCHECKED_IDS);
    private final Authenticator authenticator;
    private final Known known;
    private final EventSink sink;
    private final RecentMarks recent;
    private final Clock clock;

    public MarkRoutes(Authenticator authenticator, Known known, EventSink sink, RecentMarks recent, Clock clock) {
        this.authenticator = authenticator;
        this.known = known;
        this.sink = sink;
        this.recent = recent;
        this.clock = clock;
    }

    public void one(Context exchange) throws UnavailableException {
        User user = authenticator.user(exchange);
        UUID id = id(exchange.pathParam("id"));
        Instant now = now();
        mark(user, Marks.of(List.of(id), now), now);
        exchange.status(204);
    }

    public void several(Context exchange) throws UnavailableException {
        User user = authenticator.user(exchange);
        Body body = RequestBodies.json(exchange, MAX_BODY_BYTES, Body.class, EXPECTED);
        Instant now = now();
        Marks marks = marks(body, now);
        authenticator.weigh(user, marks.readAt().size());
        mark(user, marks, now);
        exchange.status(204);
    }

    /** With the precision of events. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private void mark(User user, Marks claimed, Instant now) throws UnavailableException {
        Marks marks = claimed.readAt().isEmpty()
                ? claimed
                : claimed.of(known(user, claimed.readAt().keySet()));
        if (marks.isEmpty()) {
            return;
        }
        sink.append(List.of(new OutgoingEvent<>(
                Topics.NOTIFICATION_READ_EVENTS,
                NotificationsRead.newBuilder()
                        .setEventId(UUID.randomUUID())
                        .setOccurredAt(now)
                        .setUserId(user.id())
                        .setNotificationIds(marks.readAt().keySet().stream()
                                .map(UUID::toString)
                                .toList())
                        .setAllUpTo(marks.upTo().orElse(null))
                        .setReadAt(now)
                        .build())));
        recent.note(user.id(), marks);
    }

    /** A notification is stored before anyone sees it, so an id that the inbox does not have is removed, or invented. */
    private Set<UUID> known(User user, Set<UUID> ids) throws UnavailableException {
        try {
            return known.among(user.id(), ids);
        } catch (UnavailableException e) {
            if (unchecked.admits(user.id(), ids.stream().map(UUID::toString).toList())) {
                return ids;
            }
            throw e;
        }
    }

    /** Future notifications cannot have been read. */
    private static Marks marks(Body body, Instant now) {
        List<@Nullable String> ids = body.ids();
        String allUpTo = body.allUpTo();
        if ((ids == null) == (allUpTo == null)) {
            throw malformed("send either ids or allUpTo");
        }
        if (allUpTo != null) {
            Instant time = time(allUpTo);
            return Marks.allUpTo(time.isBefore(now) ? time : now);
        }
        if (ids == null || ids.isEmpty() || ids.size() > MAX_IDS) {
            throw malformed(String.format(Locale.ROOT, "ids must be 1 to %d notification ids", MAX_IDS));
        }
        return Marks.of(ids.stream().map(MarkRoutes::id).toList(), now);
    }

    /** Stricter than {@link UUID#fromString}, which also accepts parts that are too short. */
    private static UUID id(@Nullable String text) {
        try {
            if (text != null) {
                UUID id = UUID.fromString(text);
                if (id.toString().equalsIgnoreCase(text)) {
                    return id;
                }
            }
        } catch (IllegalArgumentException e) {
            // The message below covers both.
        }
        throw malformed("a notification's id must be a UUID");
    }

    private static Instant time(String text) {
        try {
            Instant time = Instant.parse(text);
            if (!time.isBefore(Instant.EPOCH)) {
                return time;
            }
        } catch (DateTimeException e) {
            // The message below covers both.
        }
        throw malformed("allUpTo must be a time such as 2026-01-31T00:00:00Z");
    }

    private static ProblemException malformed(String detail) {
        return new ProblemException(Problem.malformed(detail));
    }
}
