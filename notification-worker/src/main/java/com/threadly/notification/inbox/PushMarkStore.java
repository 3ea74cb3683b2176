package com.threadly.notification.inbox;

import com.threadly.database.Database;
import com.threadly.notification.inbox.PushMark.OfEvent;
import com.threadly.notification.inbox.PushMark.OfNotification;
import com.threadly.runtime.retry.UnavailableException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Stores which rows have been pushed. */
public final class PushMarkStore {

    /**
     * In the order of ids like every other write, to avoid deadlocks. Locking the rows first would guarantee that order
     * instead of leaving it to the planner, but cost half as much again per row; after a deadlock, {@link
     * PushMarkWriter} retries.
     */
    private static final String MARK_NOTIFICATIONS = """
            UPDATE notification AS n SET pushed_at = :now
            FROM (
                SELECT id, revision FROM unnest(:ids, :revisions) AS pushed (id, revision) ORDER BY id
            ) AS given
            WHERE n.id = given.id AND n.revision = given.revision
            """;

    private static final String MARK_EVENTS = """
            UPDATE pushed_event SET pushed_at = :now WHERE event_id = ANY(:ids)
            """;

    private final Database database;

    public PushMarkStore(Database database) {
        this.database = database;
    }

    /** As of {@code now}. */
    public void write(List<PushMark> marks, Instant now) throws UnavailableException {
        var notifications = marks.stream()
                .filter(OfNotification.class::isInstance)
                .map(OfNotification.class::cast)
                .toList();
        var events = marks.stream()
                .filter(OfEvent.class::isInstance)
                .map(OfEvent.class::cast)
                .toList();
        Portions.each(notifications, some -> database.use(handle -> markNotifications(handle, some, now)));
        Portions.each(events, some -> database.use(handle -> markEvents(handle, some, now)));
    }

    private static int markNotifications(Handle handle, List<OfNotification> marks, Instant now) {
        return handle.createUpdate(MARK_NOTIFICATIONS)
                .bind("ids", BinaryArrays.uuids(marks, OfNotification::id))
                .bind("revisions", BinaryArrays.integers(marks, OfNotification::revision))
                .bind("now", now)
                .execute();
    }

    private static int markEvents(Handle handle, List<OfEvent> marks, Instant now) {
        return handle.createUpdate(MARK_EVENTS)
                .bind("ids", BinaryArrays.uuids(marks, OfEvent::id))
                .bind("now", now)
                .execute();
    }
}
