package com.threadly.notification.inbox;

import com.threadly.database.Database;
import com.threadly.notification.inbox.NotificationRows.Telling;
import com.threadly.notification.rule.Notification;
import com.threadly.runtime.retry.UnavailableException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Notifications of single events: inserted once; another event with the same id counts if it is the earlier one. */
public final class NotificationStore {

    private static final String PUSHED = """
            SELECT id FROM notification WHERE id = ANY(:ids) AND pushed_at IS NOT NULL
            """;

    private final Database database;

    public NotificationStore(Database database) {
        this.database = database;
    }

    /** Writes missing rows. One statement per portion, and a second only when some already existed. */
    public Map<UUID, StoredNotification> store(List<Notification> notifications) throws UnavailableException {
        var stored = new HashMap<UUID, StoredNotification>();
        Portions.each(
                NotificationRows.eachOnce(notifications),
                some -> storePortion(some).forEach(stored::putIfAbsent));
        return stored;
    }

    private Map<UUID, StoredNotification> storePortion(List<Notification> notifications) throws UnavailableException {
        return database.use(handle -> {
            Set<UUID> added = NotificationRows.insert(handle, notifications, Telling.GROWTH);
            List<Notification> known = notifications.stream()
                    .filter(row -> !added.contains(row.id()))
                    .toList();
            if (!known.isEmpty()) {
                var _ = NotificationRows.update(handle, known, Telling.GROWTH);
            }
            Set<UUID> pushed =
                    pushed(handle, known.stream().map(Notification::id).toList());
            return notifications.stream()
                    .collect(Collectors.toMap(
                            Notification::id,
                            notification -> added.contains(notification.id())
                                    ? StoredNotification.fresh(notification)
                                    : StoredNotification.known(notification, pushed.contains(notification.id()))));
        });
    }

    private static Set<UUID> pushed(Handle handle, List<UUID> ids) {
        return ids.isEmpty()
                ? Set.of()
                : handle.createQuery(PUSHED).bindArray("ids", UUID.class, ids).mapTo(UUID.class).stream()
                        .collect(Collectors.toSet());
    }
}
