package com.threadly.notification.rule;

import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a user's inbox.
 *
 * @param id name-based: the same event or digest always has the same
 * @param metadata the ids that a client needs for links, as JSON: the same in table and payload
 * @param lastEventAt its latest event
 * @param fingerprint of what its event says: of two events with one id, see {@link #EARLIEST}; 0 for a digest
 * @param revision its number of distinct events; it only grows, and each growth is pushed again and is unread
 * @param expiresAt from when on nobody sees it; null for never
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
        int fingerprint,
        int revision,
        @Nullable Instant expiresAt) {

    /** Selects one of two events with one id, in any order of arrival. */
    public static final Comparator<Notification> EARLIEST =
            Comparator.comparing(Notification::createdAt).thenComparingInt(Notification::fingerprint);

    static Notification ofEvent(
            UUID id,
            String userId,
            NotificationType type,
            String title,
            String message,
            String metadata,
            Instant occurredAt,
            int fingerprint) {
        return new Notification(
                id, userId, type, title, message, metadata, occurredAt, occurredAt, fingerprint, 1, null);
    }
}
