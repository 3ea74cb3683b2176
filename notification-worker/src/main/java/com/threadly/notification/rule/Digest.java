package com.threadly.notification.rule;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What a digest's text is made of: a function of the set of its messages, however they came.
 *
 * @param messages how many distinct messages
 * @param senders how many distinct senders
 * @param senderName of the latest message
 * @param preview of the latest message
 */
public record Digest(
        UUID id,
        String userId,
        String conversationId,
        int messages,
        int senders,
        String senderName,
        String preview,
        Instant firstAt,
        Instant lastAt) {

    /** Of all its entries, each message once. */
    public static Digest of(List<DigestEntry> entries) {
        List<DigestEntry> told = entries.stream().sorted(DigestEntry.BY_TIME).toList();
        DigestEntry last = told.getLast();
        return new Digest(
                last.notificationId(),
                last.userId(),
                last.conversationId(),
                told.size(),
                Math.toIntExact(
                        told.stream().map(DigestEntry::senderId).distinct().count()),
                last.senderName(),
                last.preview(),
                told.getFirst().occurredAt(),
                last.occurredAt());
    }
}
