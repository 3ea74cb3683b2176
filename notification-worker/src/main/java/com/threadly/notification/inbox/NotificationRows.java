package com.threadly.notification.inbox;

import com.threadly.notification.rule.Notification;
import com.threadly.notification.rule.NotificationType;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** Writes table rows, many per statement. */
final class NotificationRows {

    /** In the order of ids, so that two workers with the same rows never deadlock. */
    private static final String INSERT = """
            INSERT INTO notification
                (id, user_id, type, title, message, metadata, created_at, last_event_at, fingerprint, revision,
                expires_at, pushed_at)
            SELECT id, user_id, type, title, message, metadata::jsonb,
                created_at, last_event_at, fingerprint, revision, expires_at,
                CASE WHEN :silently THEN last_event_at END
            FROM unnest(
                    :ids, :users, :types, :titles, :messages, :metadata, :created, :lastEvents, :fingerprints, :revisions,
                    :expiries)
                AS given (id, user_id, type, title, message, metadata, created_at, last_event_at, fingerprint, revision,
                    expires_at)
            ORDER BY id
            ON CONFLICT (id) DO NOTHING
            RETURNING id
            """;

    /** Of two events with one id, the earlier counts, in any order of arrival; see {@link Notification#EARLIEST}. */
    private static final String UPDATE = """
            UPDATE notification AS n SET
                type = given.type, title = given.title, message = given.message, metadata = given.metadata::jsonb,
                created_at = given.created_at, last_event_at = given.last_event_at, fingerprint = given.fingerprint,
                revision = given.revision, expires_at = given.expires_at,
                pushed_at = CASE WHEN :silently OR (:growth AND n.revision = given.revision) THEN n.pushed_at END
            FROM unnest(
                    :ids, :types, :titles, :messages, :metadata, :created, :lastEvents, :fingerprints, :revisions, :expiries)
                AS given (id, type, title, message, metadata, created_at, last_event_at, fingerprint, revision, expires_at)
            WHERE n.id = given.id
                AND (:digests OR n.fingerprint IS NULL
                    OR (given.created_at, given.fingerprint) <= (n.created_at, n.fingerprint))
                AND (n.revision, n.type, n.title, n.message, n.metadata, n.created_at, n.last_event_at, n.expires_at)
                    IS DISTINCT FROM
                    (given.revision, given.type, given.title, given.message, given.metadata::jsonb,
                        given.created_at, given.last_event_at, given.expires_at)
            RETURNING n.id
            """;

    /** Which writes require a push of the row. */
    enum Telling {
        /** A new row, and one with more events than before: a worker's writes. */
        GROWTH,
        /** A new row, and one with any change. */
        CHANGES,
        /** None: rows that already require a push still do, and no others. */
        NOTHING
    }

    private NotificationRows() {}

    /** Each row once. */
    static List<Notification> eachOnce(List<Notification> notifications) {
        return List.copyOf(notifications.stream()
                .collect(Collectors.toMap(
                        Notification::id, row -> row, BinaryOperator.minBy(Notification.EARLIEST), LinkedHashMap::new))
                .values());
    }

    /** Returns the ids of new rows. */
    static Set<UUID> insert(Handle handle, List<Notification> notifications, Telling telling) {
        return new HashSet<>(bind(handle.createQuery(INSERT), notifications)
                .bind("users", BinaryArrays.texts(notifications, Notification::userId))
                .bind("silently", telling == Telling.NOTHING)
                .mapTo(UUID.class)
                .list());
    }

    /** Returns the ids of changed rows of events. */
    static Set<UUID> update(Handle handle, List<Notification> notifications, Telling telling) {
        return update(handle, notifications, telling, false);
    }

    /** The same of digests, whose latest state counts. */
    static Set<UUID> updateDigests(Handle handle, List<Notification> digests, Telling telling) {
        return update(handle, digests, telling, true);
    }

    private static Set<UUID> update(Handle handle, List<Notification> notifications, Telling telling, boolean digests) {
        return new HashSet<>(bind(handle.createQuery(UPDATE), notifications)
                .bind("digests", digests)
                .bind("silently", telling == Telling.NOTHING)
                .bind("growth", telling == Telling.GROWTH)
                .mapTo(UUID.class)
                .list());
    }

    private static <S extends SqlStatement<S>> S bind(S statement, List<Notification> notifications) {
        return statement
                .bind("ids", BinaryArrays.uuids(notifications, Notification::id))
                .bind("types", BinaryArrays.texts(notifications, row -> type(row.type())))
                .bind("titles", BinaryArrays.texts(notifications, Notification::title))
                .bind("messages", BinaryArrays.texts(notifications, Notification::message))
                .bind("metadata", BinaryArrays.texts(notifications, Notification::metadata))
                .bind("created", BinaryArrays.times(notifications, Notification::createdAt))
                .bind("lastEvents", BinaryArrays.times(notifications, Notification::lastEventAt))
                .bind("fingerprints", BinaryArrays.integers(notifications, Notification::fingerprint))
                .bind("revisions", BinaryArrays.integers(notifications, Notification::revision))
                .bind("expiries", BinaryArrays.timesOrInfinity(notifications, Notification::expiresAt));
    }

    private static String type(NotificationType type) {
        return type.text();
    }
}
