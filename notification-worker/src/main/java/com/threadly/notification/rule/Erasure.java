package com.threadly.notification.rule;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** A user asked to be forgotten: nothing of them is kept, whenever it happened. */
public record Erasure(UUID eventId, String userId, Instant at) {

    /** What is left of {@code rows} when {@code users} are erased. */
    public static List<Notification> without(Set<String> users, List<Notification> rows) {
        return rows.stream().filter(row -> !users.contains(row.userId())).toList();
    }

    /** What is left of {@code entries}: others still see that messages came, but neither name nor words. */
    public static List<DigestEntry> withoutWords(Set<String> users, List<DigestEntry> entries) {
        return entries.stream()
                .filter(entry -> !users.contains(entry.userId()))
                .map(entry -> users.contains(entry.senderId()) ? entry.withoutWords() : entry)
                .toList();
    }
}
