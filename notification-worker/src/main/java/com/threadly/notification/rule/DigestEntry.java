package com.threadly.notification.rule;

import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;

/**
 * One message as one recipient's digest sees it.
 *
 * @param notificationId the digest: conversation, recipient and window decide it
 * @param senderName as shown; empty when it is not known
 * @param preview the beginning of the message, as shown; may be empty
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
        Instant occurredAt) {

    /** Which of two events for one message counts: the same one whatever the order they are seen in. */
    public static final Comparator<DigestEntry> EARLIEST_EVENT = Comparator.comparing(DigestEntry::occurredAt)
            .thenComparing(entry -> entry.eventId().toString());

    /** By time, and for one instant by message id; the order in which a digest's messages are told. */
    public static final Comparator<DigestEntry> BY_TIME =
            Comparator.comparing(DigestEntry::occurredAt).thenComparing(DigestEntry::messageId);
}
