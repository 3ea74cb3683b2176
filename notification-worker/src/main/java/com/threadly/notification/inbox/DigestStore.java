package com.threadly.notification.inbox;

import com.threadly.database.Database;
import com.threadly.notification.inbox.NotificationRows.Telling;
import com.threadly.notification.rule.Digest;
import com.threadly.notification.rule.DigestEntry;
import com.threadly.notification.rule.Notification;
import com.threadly.runtime.retry.UnavailableException;
import java.util.Comparator;
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
import org.jdbi.v3.core.HandleCallback;

/**
 * Digests: a row is a function of the set of its messages and of how many of them are read, regardless of order,
 * repetition and batch boundaries. A writer holds the lock of the digest's row, so that two workers count each other's messages.
 */
public final class DigestStore {

    private static final int ATTEMPTS = 5;

    /** PostgreSQL's order of ids: unsigned. */
    static final Comparator<UUID> ORDER_OF_IDS = Comparator.comparing(
                    UUID::getMostSignificantBits, Long::compareUnsigned)
            .thenComparing(UUID::getLeastSignificantBits, Long::compareUnsigned);

    private static final Comparator<DigestEntry> BY_DIGEST =
            Comparator.comparing(DigestEntry::notificationId, ORDER_OF_IDS);

    private final Database database;
    private final Function<Digest, Notification> words;

    /** A store whose rows get their texts from {@code words}. */
    public DigestStore(Database database, Function<Digest, Notification> words) {
        this.database = database;
        this.words = words;
    }

    /**
     * Digests after a write.
     *
     * @param added the ids of new ones
     * @param changed the ids of changed ones
     */
    record Written(Map<UUID, StoredNotification> rows, Set<UUID> added, Set<UUID> changed) {}

    /** Adds missing entries; returns their digests after the write. */
    public Map<UUID, StoredNotification> gather(List<DigestEntry> entries) throws UnavailableException {
        var stored = new HashMap<UUID, StoredNotification>();
        Portions.each(
                byDigest(entries),
                some -> inTransaction(
                                database,
                                handle -> write(handle, some, Telling.GROWTH).rows())
                        .forEach((id, now) -> stored.merge(id, now, StoredNotification::then)));
        return stored;
    }

    /** Each digest in as few portions as possible, in lock order. */
    static List<DigestEntry> byDigest(List<DigestEntry> entries) {
        return entries.stream().sorted(BY_DIGEST).toList();
    }

    /** Retries {@code work} when retention removed a row between its insert and its lock. */
    static <T> T inTransaction(Database database, HandleCallback<T, RuntimeException> work)
            throws UnavailableException {
        for (int attempt = 1; ; attempt++) {
            try {
                return database.inTransaction(work);
            } catch (RemovedMeanwhileException e) {
                if (attempt == ATTEMPTS) {
                    throw new UnavailableException("retention removes digests as they grow", e);
                }
            }
        }
    }

    private static final class RemovedMeanwhileException extends RuntimeException {}

    /** Call it in {@link #inTransaction}. */
    Written write(Handle handle, List<DigestEntry> given, Telling telling) {
        List<DigestEntry> entries = eachMessageOnce(given);
        List<Notification> ifNew =
                entries.stream().collect(Collectors.groupingBy(DigestEntry::notificationId)).values().stream()
                        .map(Digest::of)
                        .map(words)
                        .toList();
        Set<UUID> added = NotificationRows.insert(handle, ifNew, telling);
        var stored = new HashMap<UUID, StoredNotification>();
        ifNew.stream()
                .filter(digest -> added.contains(digest.id()))
                .forEach(digest -> stored.put(digest.id(), StoredNotification.fresh(digest)));
        List<UUID> known = ifNew.stream()
                .map(Notification::id)
                .filter(id -> !added.contains(id))
                .toList();
        if (known.isEmpty()) {
            DigestRows.addMessages(handle, entries);
            return new Written(stored, added, Set.of());
        }
        // Lock first: the totals then include what another worker has committed before.
        Map<UUID, DigestRows.Before> before = DigestRows.lock(handle, known);
        if (before.size() < known.size()) {
            throw new RemovedMeanwhileException();
        }
        DigestRows.addMessages(handle, entries);
        List<Notification> grown =
                DigestRows.addUp(handle, known).stream().map(words).toList();
        Set<UUID> changed = NotificationRows.updateDigests(handle, grown, telling);
        grown.forEach(digest -> stored.put(
                digest.id(),
                Objects.requireNonNull(before.get(digest.id()), "the digest is not locked")
                        .with(digest)));
        return new Written(stored, added, changed);
    }

    /**
     * Digests that tell of messages without their senders' names and words.
     *
     * @param messages how many messages of each sender had any
     */
    record Forgotten(Map<String, Long> messages, Map<UUID, Notification> retold) {}

    /** Takes the names and words of {@code senders} out of digests; call it in a transaction. */
    Forgotten forgetWords(Handle handle, List<UUID> ids, Set<String> senders) {
        Set<UUID> locked = DigestRows.lock(handle, ids).keySet();
        Map<String, Long> messages = DigestRows.forgetWords(handle, List.copyOf(locked), senders);
        return new Forgotten(messages, retell(handle, locked));
    }

    /** Renews the texts of digests that tell of less than before; call it in a transaction. Nothing is pushed for it. */
    Map<UUID, Notification> retell(Handle handle, Set<UUID> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        List<Notification> retold =
                DigestRows.addUp(
                                handle,
                                List.copyOf(DigestRows.lock(handle, List.copyOf(ids))
                                        .keySet()))
                        .stream()
                        .map(words)
                        .toList();
        var _ = NotificationRows.updateDigests(handle, retold, Telling.GROWTH);
        return retold.stream().collect(Collectors.toMap(Notification::id, row -> row));
    }

    private record MessageOfDigest(UUID digest, String message) {}

    private static List<DigestEntry> eachMessageOnce(List<DigestEntry> entries) {
        return List.copyOf(entries.stream()
                .collect(Collectors.toMap(
                        entry -> new MessageOfDigest(entry.notificationId(), entry.messageId()),
                        entry -> entry,
                        BinaryOperator.minBy(DigestEntry.EARLIEST_EVENT)))
                .values());
    }
}
