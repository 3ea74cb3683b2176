package com.threadly.gateway.inbox;

import com.threadly.events.NotificationState;
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
 * {@code POST /v1/notifications/{id}/read}, {@code POST /v1/notifications/read}, and the same of every other
 * {@link StateChange}: marks one, several, or all, in the revisions that were shown, or that the inbox has now. Publishes
 * events; the caller sees the effect at once.
 */
public final class MarkRoutes {

    /** The notifications that a user can know of, with marks that are not stored yet. */
    public interface Known {
        /** Those of {@code ids} that are in the user's inbox. */
        List<Stored> among(String userId, Set<UUID> ids, Marks marks) throws UnavailableException;

        /**
         * Those whose state a change of {@code selection} would change, the latest first.
         *
         * @param after the last one of the page before
         */
        List<Stored> affected(
                String userId, StateChange change, Selection selection, Marks marks, Optional<Stored> after, int limit)
                throws UnavailableException;
    }

    /** A notification as the inbox has it; how often its states have been taken back. */
    public record Stored(UUID id, int revision, Instant lastEventAt, int readRound, int archivedRound) {

        int round(NotificationState state) {
            return switch (state) {
                case READ -> readRound;
                case ARCHIVED -> archivedRound;
                case SEEN, DELETED, UNKNOWN -> 0;
            };
        }
    }

    /**
     * All of an inbox, or some of it.
     *
     * @param upTo none of which the latest event is after this
     * @param object only those about this
     */
    public record Selection(Optional<Instant> upTo, Optional<ObjectReference> object) {}

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
            "{\"notifications\": [{\"id\": \"…\", \"revision\": 1}]}, {\"ids\": [\"…\"]}, {\"conversationId\": \"…\"},"
                    + " {\"orderId\": \"…\"}, {\"all\": true} or {\"allUpTo\": \"2026-01-31T00:00:00Z\"}";

    private record One(@Nullable Integer revision) {}

    private record Shown(@Nullable String id, @Nullable Integer revision) {}

    private record Body(
            @Nullable List<@Nullable Shown> notifications,
            @Nullable List<@Nullable String> ids,
            @Nullable String conversationId,
            @Nullable String orderId,
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

    /** Changes the one in the path. */
    public void one(Context exchange, StateChange change) throws UnavailableException {
        User user = authenticator.user(exchange);
        UUID id = id(exchange.pathParam("id"));
        Integer revision = RequestBodies.jsonIfAny(exchange, MAX_BODY_BYTES, One.class, ONE_EXPECTED)
                .map(One::revision)
                .orElse(null);
        Optional<Map<UUID, Integer>> shown =
                Optional.ofNullable(revision).map(MarkRoutes::revision).map(checked -> Map.of(id, checked));
        try (var _ = authenticator.turn(user, 1)) {
            if (shown.isPresent()) {
                markAsShown(user, change, shown.get());
            } else {
                markAsStored(user, change, Set.of(id));
            }
        }
        exchange.status(204);
    }

    /** Changes those that the body names. */
    public void several(Context exchange, StateChange change) throws UnavailableException {
        User user = authenticator.user(exchange);
        Body body = RequestBodies.json(exchange, MAX_BODY_BYTES, Body.class, EXPECTED);
        if (Stream.of(
                                body.notifications(),
                                body.ids(),
                                body.conversationId(),
                                body.orderId(),
                                body.all(),
                                body.allUpTo())
                        .filter(value -> value != null)
                        .count()
                != 1) {
            throw malformed("send one of notifications, ids, conversationId, orderId, all and allUpTo");
        }
        if (body.notifications() != null) {
            Map<UUID, Integer> shown = shown(body.notifications());
            try (var _ = authenticator.turn(user, shown.size())) {
                markAsShown(user, change, shown);
            }
        } else if (body.ids() != null) {
            Set<UUID> ids = bounded(body.ids()).stream().map(MarkRoutes::id).collect(Collectors.toSet());
            try (var _ = authenticator.turn(user, ids.size())) {
                markAsStored(user, change, ids);
            }
        } else {
            markSelected(user, change, selection(body));
        }
        exchange.status(204);
    }

    private static Selection selection(Body body) {
        if (body.allUpTo() != null) {
            return new Selection(Optional.of(time(body.allUpTo())), Optional.empty());
        }
        if (Boolean.FALSE.equals(body.all())) {
            throw malformed("all must be true");
        }
        return new Selection(Optional.empty(), ObjectReference.of(body.conversationId(), body.orderId()));
    }

    /** A notification is stored before anyone sees it, so an id that the inbox does not have is removed, or invented. */
    private void markAsShown(User user, StateChange change, Map<UUID, Integer> shown) throws UnavailableException {
        if (change.takesBack()) {
            markAsStored(user, change, shown.keySet());
            return;
        }
        Map<UUID, MarkPosition> marks;
        try {
            marks = known.among(user.id(), shown.keySet(), recent.of(user.id())).stream()
                    .collect(Collectors.toMap(
                            Stored::id,
                            row -> change.position(
                                    row.round(change.state()), shown.getOrDefault(row.id(), row.revision()))));
        } catch (UnavailableException e) {
            if (!unchecked.admits(
                    user.id(), shown.keySet().stream().map(UUID::toString).toList())) {
                throw e;
            }
            marks = shown.entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, entry -> new MarkPosition(0, entry.getValue())));
        }
        mark(user, change, List.of(marks));
    }

    private void markAsStored(User user, StateChange change, Set<UUID> ids) throws UnavailableException {
        mark(user, change, List.of(positions(change, known.among(user.id(), ids, recent.of(user.id())))));
    }

    /** What there is now, and nothing that is stored later, whenever it happened. */
    private void markSelected(User user, StateChange change, Selection selection) throws UnavailableException {
        try (var _ = authenticator.turn(user, WEIGHT_OF_ALL)) {
            mark(user, change, affected(user, change, selection));
        }
    }

    private List<Map<UUID, MarkPosition>> affected(User user, StateChange change, Selection selection)
            throws UnavailableException {
        Marks already = recent.of(user.id());
        var affected = Stream.<Map<UUID, MarkPosition>>builder();
        Optional<Stored> last = Optional.empty();
        List<Stored> page;
        do {
            page = known.affected(user.id(), change, selection, already, last, MAX_IDS_OF_AN_EVENT);
            affected.add(positions(change, page));
            last = page.isEmpty() ? Optional.empty() : Optional.of(page.getLast());
        } while (page.size() == MAX_IDS_OF_AN_EVENT);
        return affected.build().toList();
    }

    private static Map<UUID, MarkPosition> positions(StateChange change, List<Stored> rows) {
        return rows.stream()
                .collect(Collectors.toMap(
                        Stored::id, row -> change.position(row.round(change.state()), row.revision())));
    }

    /** One event for each of {@code marks} that has any. */
    private void mark(User user, StateChange change, List<Map<UUID, MarkPosition>> marks) throws UnavailableException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<Map<UUID, MarkPosition>> some =
                marks.stream().filter(one -> !one.isEmpty()).toList();
        if (some.isEmpty()) {
            return;
        }
        sink.append(some.stream()
                .<OutgoingEvent<?>>map(one ->
                        new OutgoingEvent<>(Topics.NOTIFICATION_READ_EVENTS, event(user, change.state(), one, now)))
                .toList());
        var all = new HashMap<UUID, MarkPosition>();
        some.forEach(all::putAll);
        recent.note(user.id(), Marks.of(change.state(), all));
    }

    /** Plain reads are where every version of the worker looks for them. */
    private static NotificationsRead event(
            User user, NotificationState state, Map<UUID, MarkPosition> marks, Instant now) {
        Map<Boolean, List<UUID>> byPlain = marks.keySet().stream()
                .collect(Collectors.partitioningBy(id ->
                        state == NotificationState.READ && position(marks, id).round() == 0));
        List<UUID> plain = byPlain.getOrDefault(true, List.of());
        List<UUID> others = byPlain.getOrDefault(false, List.of());
        return NotificationsRead.newBuilder()
                .setEventId(UUID.randomUUID())
                .setOccurredAt(now)
                .setUserId(user.id())
                .setNotificationIds(texts(plain))
                .setRevisions(
                        plain.stream().map(id -> position(marks, id).revision()).toList())
                .setMarkedAs(others.isEmpty() ? null : state)
                .setMarkedIds(texts(others))
                .setMarkedRevisions(others.stream()
                        .map(id -> position(marks, id).revision())
                        .toList())
                .setMarkedRounds(
                        others.stream().map(id -> position(marks, id).round()).toList())
                .setReadAt(now)
                .build();
    }

    private static MarkPosition position(Map<UUID, MarkPosition> marks, UUID id) {
        return marks.getOrDefault(id, MarkPosition.NONE);
    }

    private static List<String> texts(List<UUID> ids) {
        return ids.stream().map(UUID::toString).toList();
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
