package com.threadly.notification.inbox;

import com.threadly.common.pipeline.UnavailableException;
import com.threadly.notification.rule.Notification;
import com.threadly.notification.rule.Payloads;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Notifications of single events: inserted once, never changed by their event again. */
public final class NotificationStore {

    private static final String STATES = """
            SELECT id, pushed_at, read_at, last_event_at FROM notification WHERE id = ANY(:ids)
            """;

    private final Database database;
    private final NotificationRows rows;

    public NotificationStore(Database database, Payloads payloads) {
        this.database = database;
        this.rows = new NotificationRows(payloads);
    }

    /** Writes those that are not there yet. One statement, and a second only when some were there. */
    public Map<UUID, Stored> store(List<Notification> notifications) throws UnavailableException {
        if (notifications.isEmpty()) {
            return Map.of();
        }
        return database.use(handle -> {
            Set<UUID> added = rows.insert(handle, notifications);
            Map<UUID, State> known = states(
                    handle,
                    notifications.stream()
                            .map(Notification::id)
                            .filter(id -> !added.contains(id))
                            .distinct()
                            .toList());
            var stored = new HashMap<UUID, Stored>();
            notifications.forEach(notification -> stored.put(
                    notification.id(),
                    Optional.ofNullable(known.get(notification.id()))
                            .map(state -> state.of(notification))
                            .orElseGet(() -> Stored.fresh(notification))));
            return stored;
        });
    }

    private record State(UUID id, Optional<Instant> pushedAt, Optional<Instant> readAt, Instant lastEventAt) {
        Stored of(Notification notification) {
            boolean read = readAt.filter(at -> !at.isBefore(lastEventAt)).isPresent();
            return new Stored(notification, pushedAt.isPresent(), read);
        }
    }

    private static Map<UUID, State> states(Handle handle, List<UUID> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        return handle
                .createQuery(STATES)
                .bindArray("ids", UUID.class, ids)
                .map((row, context) -> new State(
                        row.getObject("id", UUID.class),
                        Times.find(row, "pushed_at"),
                        Times.find(row, "read_at"),
                        Times.get(row, "last_event_at")))
                .stream()
                .collect(Collectors.toMap(State::id, state -> state));
    }
}
