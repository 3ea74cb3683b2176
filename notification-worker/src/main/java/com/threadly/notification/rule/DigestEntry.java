package com.threadly.notification.rule;

import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;

/**
 * One message in one recipient's digest.
 *
 * @param notificationId the digest, by conversation, recipient and window
 * @param senderName as shown; empty when it is not known
 * @param preview the beginning of the message, as shown; may be empty
 * @param fingerprint of what the event says
 */
public record DigestEntry(
        UUID notificationId,
        String userId,
        String conversationId,
        String messageId,
        UUID eventId,
        String senderId,
        String senderName,
        String preview,
        Instant occurredAt,
        int fingerprint) {

    /** Selects one of two events for one message, in any order of arrival. */
    public static final Comparator<DigestEntry> EARLIEST_EVENT = Comparator.comparing(DigestEntry::occurredAt)
            .thenComparing(entry -> entry.eventId().toString())
            .thenComparingInt(DigestEntry::fingerprint);

    /** By time, then by message id; the order of a digest's messages. */
    public static final Comparator<DigestEntry> BY_TIME =
            Comparator.comparing(DigestEntry::occurredAt).thenComparing(DigestEntry::messageId);

    /** The same message of a sender of whom nothing is kept. */
    public DigestEntry withoutWords() {
        return new DigestEntry(
                notificationId, userId, conversationId, messageId, eventId, senderId, "", "", occurredAt, fingerprint);
    }
}
