package com.threadly.notification.inbox;

import com.threadly.common.pipeline.UnavailableException;
import com.threadly.notification.rule.Digest;
import com.threadly.notification.rule.DigestEntry;
import com.threadly.notification.rule.Notification;
import com.threadly.notification.rule.Payloads;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Digests: a row is a function of the set of its messages, so neither order nor repetition nor the borders of batches
 * show. Whoever changes a digest holds the lock of its row, so that two workers count each other's messages.
 */
public final class DigestStore {

    private static final int ATTEMPTS = 5;

    private final Database database;
    private final NotificationRows rows;
    private final Function<Digest, Notification> words;

    /** Writes digests in {@code words}. */
    public DigestStore(Database database, Payloads payloads, Function<Digest, Notification> words) {
        this.database = database;
        this.rows = new NotificationRows(payloads);
        this.words = words;
    }

    /** Adds the entries that are not there yet; gives each of their digests as it is then. */
    public Map<UUID, Stored> gather(List<DigestEntry> given) throws UnavailableException {
        if (given.isEmpty()) {
            return Map.of();
        }
        Collection<DigestEntry> entries = eachMessageOnce(given);
        List<Notification> ifNew =
                entries.stream().collect(Collectors.groupingBy(DigestEntry::notificationId)).values().stream()
                        .map(Digest::of)
                        .map(words)
                        .toList();
        for (int attempt = 1; ; attempt++) {
            try {
                return database.inTransaction(handle -> write(handle, List.copyOf(entries), ifNew));
            } catch (RemovedMeanwhileException e) {
                if (attempt == ATTEMPTS) {
                    throw new UnavailableException("retention removes digests as they grow", e);
                }
            }
        }
    }

    /** Retention took a row between the attempt to insert it and its lock: next time it is inserted. */
    private static final class RemovedMeanwhileException extends RuntimeException {}

    private Map<UUID, Stored> write(Handle handle, List<DigestEntry> entries, List<Notification> ifNew) {
        Set<UUID> added = rows.insert(handle, ifNew);
        var stored = new HashMap<UUID, Stored>();
        ifNew.stream()
                .filter(digest -> added.contains(digest.id()))
                .forEach(digest -> stored.put(digest.id(), Stored.fresh(digest)));
        List<UUID> known = ifNew.stream()
                .map(Notification::id)
                .filter(id -> !added.contains(id))
                .toList();
        if (known.isEmpty()) {
            DigestRows.addMessages(handle, entries);
            return stored;
        }
        // First the lock: what is added up after it holds what another worker has committed before.
        Map<UUID, DigestRows.Before> before = DigestRows.lock(handle, known);
        if (before.size() < known.size()) {
            throw new RemovedMeanwhileException();
        }
        DigestRows.addMessages(handle, entries);
        List<Notification> grown =
                DigestRows.addUp(handle, known).stream().map(words).toList();
        DigestRows.update(handle, rows, grown);
        grown.forEach(digest -> stored.put(
                digest.id(),
                Objects.requireNonNull(before.get(digest.id()), "a digest that was not locked")
                        .with(digest)));
        return stored;
    }

    private record MessageOfDigest(UUID digest, String message) {}

    private static Collection<DigestEntry> eachMessageOnce(List<DigestEntry> entries) {
        return entries.stream()
                .collect(Collectors.toMap(
                        entry -> new MessageOfDigest(entry.notificationId(), entry.messageId()),
                        entry -> entry,
                        BinaryOperator.minBy(DigestEntry.EARLIEST_EVENT)))
                .values();
    }
}
