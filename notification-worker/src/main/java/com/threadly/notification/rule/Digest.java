package com.threadly.notification.rule;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The content of a digest's text: a function of the set of its messages and of how many of them are read, in any order
 * of arrival. It tells of what is unread, which are the latest messages; of all when all are read. What was deleted counts
 * as read.
 *
 * @param revision how many distinct messages it has
 * @param messages how many of them it tells of
 * @param senders how many distinct senders those have
 * @param senderName of the latest message
 * @param preview of the latest message
 */
public record Digest(
        UUID id,
        String userId,
        String conversationId,
        int revision,
        int messages,
        int senders,
        String senderName,
        String preview,
        Instant firstAt,
        Instant lastAt) {

    /** The digest of {@code entries}, each message once, none of them read. */
    public static Digest of(List<DigestEntry> entries) {
        List<DigestEntry> ordered = entries.stream().sorted(DigestEntry.BY_TIME).toList();
        DigestEntry last = ordered.getLast();
        return new Digest(
                last.notificationId(),
                last.userId(),
                last.conversationId(),
                ordered.size(),
                ordered.size(),
                Math.toIntExact(
                        ordered.stream().map(DigestEntry::senderId).distinct().count()),
                last.senderName(),
                last.preview(),
                ordered.getFirst().occurredAt(),
                last.occurredAt());
    }
}
