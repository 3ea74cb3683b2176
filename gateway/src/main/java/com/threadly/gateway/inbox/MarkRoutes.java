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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/notifications/{id}/read} and {@code POST /v1/notifications/read}: marks one, several, or all as read,
 * in the revisions that were shown, or that the inbox has now. Publishes events; the caller sees the effect at once.
 */
public final class MarkRoutes {

    /** The notifications that a user can know of. */
    public interface Known {
        /** Those of {@code ids} that are in the user's inbox, with their current revisions. */
        Map<UUID, Integer> revisions(String userId, Set<UUID> ids) throws UnavailableException;

        /**
         * The user's unread notifications, the latest first.
         *
         * @param upTo none of which the latest event is after this
         * @param after the last one of the page before
         */
        List<Unread> unread(String userId, Optional<Instant> upTo, Optional<Unread> after, int limit)
                throws UnavailableException;
    }

    /** An unread notification. */
    public record Unread(UUID id, int revision, Instant lastEventAt) {}

    /** Of each user, while the database is unavailable: every id is then kept until its notification comes. */
    private static final int MAX_UNCHECKED_IDS = 100;

    private static final int MAX_BODY_BYTES = 16 * 1024;
    private static final int MAX_IDS = 100;

    /** All of an inbox, in requests of one item: as much as an honest user does in a second. */
    private static final int WEIGHT_OF_ALL = 20;

    /** Of one event: some 40 KiB. */
    private static final int MAX_IDS_OF_AN_EVENT = 1_000;

    /** A revision counts events; no notification has as many. */
    private static final int MAX_REVISION = 1_000_000_000;

    private static final String ONE_EXPECTED = "{\"revision\": 1}, or empty";
    private static final String EXPECTED =
            "{\"notifications\": [{\"id\": \"…\", \"revision\": 1}]}, {\"ids\": [\"…\"]}, {\"all\": true} or"
                    + " {\"allUpTo\": \"2026-01-31T00:00:00Z\"}";

    private record One(@Nullable Integer revision) {}

    private record Shown(@Nullable String id, @Nullable Integer revision) {}

    private record Body(
            @Nullable List<@Nullable Shown> notifications,
            @Nullable List<@Nullable String> ids,
            @Nullable Boolean all,
            @Nullable String allUpTo) {}

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
        Integer revision = RequestBodies.jsonIfAny(exchange, MAX_BODY_BYTES, One.class, ONE_EXPECTED)
                .map(One::revision)
                .orElse(null);
        Optional<Map<UUID, Integer>> shown =
                Optional.ofNullable(revision).map(MarkRoutes::revision).map(checked -> Map.of(id, checked));
        try (var _ = authenticator.turn(user, 1)) {
            if (shown.isPresent()) {
                markAsShown(user, shown.get());
            } else {
                markAsStored(user, Set.of(id));
            }
        }
        exchange.status(204);
    }

    public void several(Context exchange) throws UnavailableException {
        User user = authenticator.user(exchange);
        Body body = RequestBodies.json(exchange, MAX_BODY_BYTES, Body.class, EXPECTED);
        if (Stream.of(body.notifications(), body.ids(), body.all(), body.allUpTo())
                        .filter(value -> value != null)
                        .count()
                != 1) {
            throw malformed("send one of notifications, ids, all and allUpTo");
        }
        if (body.notifications() != null) {
            Map<UUID, Integer> shown = shown(body.notifications());
            try (var _ = authenticator.turn(user, shown.size())) {
                markAsShown(user, shown);
            }
        } else if (body.ids() != null) {
            Set<UUID> ids = bounded(body.ids()).stream().map(MarkRoutes::id).collect(Collectors.toSet());
            try (var _ = authenticator.turn(user, ids.size())) {
                markAsStored(user, ids);
            }
        } else if (body.allUpTo() != null) {
            markAll(user, Optional.of(time(body.allUpTo())));
        } else if (Boolean.TRUE.equals(body.all())) {
            markAll(user, Optional.empty());
        } else {
            throw malformed("all must be true");
        }
        exchange.status(204);
    }

    /** A notification is stored before anyone sees it, so an id that the inbox does not have is removed, or invented. */
    private void markAsShown(User user, Map<UUID, Integer> shown) throws UnavailableException {
        var marked = new HashMap<>(shown);
        try {
            marked.keySet().retainAll(known.revisions(user.id(), shown.keySet()).keySet());
        } catch (UnavailableException e) {
            if (!unchecked.admits(
                    user.id(), shown.keySet().stream().map(UUID::toString).toList())) {
                throw e;
            }
        }
        mark(user, List.of(marked));
    }

    private void markAsStored(User user, Set<UUID> ids) throws UnavailableException {
        mark(user, List.of(known.revisions(user.id(), ids)));
    }

    /** What is unread now, and nothing that is stored later, whenever it happened. */
    private void markAll(User user, Optional<Instant> upTo) throws UnavailableException {
        try (var _ = authenticator.turn(user, WEIGHT_OF_ALL)) {
            mark(user, unread(user, upTo));
        }
    }

    private List<Map<UUID, Integer>> unread(User user, Optional<Instant> upTo) throws UnavailableException {
        Marks already = recent.of(user.id());
        var unread = Stream.<Map<UUID, Integer>>builder();
        Optional<Unread> last = Optional.empty();
        List<Unread> page;
        do {
            page = known.unread(user.id(), upTo, last, MAX_IDS_OF_AN_EVENT);
            unread.add(page.stream()
                    .filter(row -> !already.cover(row.id(), row.revision()))
                    .collect(Collectors.toMap(Unread::id, Unread::revision)));
            last = page.isEmpty() ? Optional.empty() : Optional.of(page.getLast());
        } while (page.size() == MAX_IDS_OF_AN_EVENT);
        return unread.build().toList();
    }

    /** One event for each of {@code marks} that has any. */
    private void mark(User user, List<Map<UUID, Integer>> marks) throws UnavailableException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<Map<UUID, Integer>> some =
                marks.stream().filter(one -> !one.isEmpty()).toList();
        if (some.isEmpty()) {
            return;
        }
        sink.append(some.stream()
                .<OutgoingEvent<?>>map(
                        one -> new OutgoingEvent<>(Topics.NOTIFICATION_READ_EVENTS, event(user, one, now)))
                .toList());
        var all = new HashMap<UUID, Integer>();
        some.forEach(all::putAll);
        recent.note(user.id(), new Marks(all));
    }

    private static NotificationsRead event(User user, Map<UUID, Integer> marks, Instant now) {
        List<UUID> ids = List.copyOf(marks.keySet());
        return NotificationsRead.newBuilder()
                .setEventId(UUID.randomUUID())
                .setOccurredAt(now)
                .setUserId(user.id())
                .setNotificationIds(ids.stream().map(UUID::toString).toList())
                .setRevisions(ids.stream().map(marks::get).toList())
                .setReadAt(now)
                .build();
    }

    private static Map<UUID, Integer> shown(List<@Nullable Shown> notifications) {
        Map<UUID, Integer> revisions = new LinkedHashMap<>();
        for (Shown shown : bounded(notifications)) {
            revisions.merge(
                    id(shown == null ? null : shown.id()),
                    revision(shown == null ? null : shown.revision()),
                    Math::max);
        }
        return revisions;
    }

    private static <T extends @Nullable Object> List<T> bounded(List<T> notifications) {
        if (notifications.isEmpty() || notifications.size() > MAX_IDS) {
            throw malformed(String.format(Locale.ROOT, "name 1 to %d notifications", MAX_IDS));
        }
        return notifications;
    }

    private static int revision(@Nullable Integer revision) {
        if (revision == null || revision < 1 || revision > MAX_REVISION) {
            throw malformed("revision must be that of the notification as it was shown");
        }
        return revision;
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
                return time.isAfter(Cursor.END_OF_TIME) ? Cursor.END_OF_TIME : time;
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
