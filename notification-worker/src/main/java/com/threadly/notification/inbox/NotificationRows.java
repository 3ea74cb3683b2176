package com.threadly.notification.inbox;

import com.threadly.notification.rule.Notification;
import com.threadly.notification.rule.NotificationType;
import com.threadly.notification.rule.Payloads;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** Rows of the table, many in one statement. */
final class NotificationRows {

    /** In the order of ids, so that two workers with the same rows never wait for each other in a circle. */
    private static final String INSERT = """
            INSERT INTO notification
                (id, user_id, type, title, message, metadata, created_at, last_event_at, revision)
            SELECT id, user_id, type, title, message, metadata::jsonb,
                created_at::timestamptz, last_event_at::timestamptz, revision
            FROM unnest(:ids, :users, :types, :titles, :messages, :metadata, :created, :lastEvents, :revisions)
                AS given (id, user_id, type, title, message, metadata, created_at, last_event_at, revision)
            ORDER BY id
            ON CONFLICT (id) DO NOTHING
            RETURNING id
            """;

    private final Payloads payloads;

    NotificationRows(Payloads payloads) {
        this.payloads = payloads;
    }

    /** The ids of those that were not there. */
    Set<UUID> insert(Handle handle, List<Notification> notifications) {
        return new HashSet<>(bind(handle.createQuery(INSERT), notifications)
                .bindArray("users", String.class, column(notifications, Notification::userId))
                .bindArray("types", String.class, column(notifications, row -> type(row.type())))
                .mapTo(UUID.class)
                .list());
    }

    /** What an insert and an update of a digest have in common. */
    <S extends SqlStatement<S>> S bind(S statement, List<Notification> notifications) {
        return statement
                .bindArray("ids", UUID.class, column(notifications, Notification::id))
                .bindArray("titles", String.class, column(notifications, Notification::title))
                .bindArray("messages", String.class, column(notifications, Notification::message))
                .bindArray("metadata", String.class, column(notifications, payloads::metadata))
                // As ISO-8601 text: exact, and no time zone of this JVM comes into it.
                .bindArray(
                        "created",
                        String.class,
                        column(notifications, row -> row.createdAt().toString()))
                .bindArray(
                        "lastEvents",
                        String.class,
                        column(notifications, row -> row.lastEventAt().toString()))
                .bindArray("revisions", Integer.class, column(notifications, Notification::revision));
    }

    static <R, C> List<C> column(List<R> rows, Function<R, C> value) {
        return rows.stream().map(value).toList();
    }

    private static String type(NotificationType type) {
        return type.text();
    }
}
