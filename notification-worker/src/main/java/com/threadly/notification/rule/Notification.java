package com.threadly.notification.rule;

import java.time.Instant;
import java.util.UUID;

/**
 * One entry of a user's inbox.
 *
 * @param id name-based: the same event or digest always has the same
 * @param metadata the ids a client needs to link, as JSON: the table and the payload have the same
 * @param lastEventAt the latest event it tells of; read state older than that no longer holds
 * @param revision how many distinct events it tells of; it only grows, and each growth is pushed again
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
