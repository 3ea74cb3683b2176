package com.threadly.notification.rule;

import java.time.Instant;
import java.util.UUID;

/**
 * One entry of a user's inbox.
 *
 * @param id name-based: the same event or digest always has the same
 * @param metadata the ids that a client needs for links, as JSON: the same in table and payload
 * @param lastEventAt its latest event
 * @param revision its number of distinct events; it only grows, and each growth is pushed again and is unread
 */
public record Notification(
        UUID id,
        String userId,
        NotificationType type,
        String title,
        String message,
        String metadata,
        Instant createdAt,
        Instant lastEventAt,
        int revision) {

    static Notification ofEvent(
            UUID id,
            String userId,
            NotificationType type,
            String title,
            String message,
            String metadata,
            Instant occurredAt) {
        return new Notification(id, userId, type, title, message, metadata, occurredAt, occurredAt, 1);
    }
}
