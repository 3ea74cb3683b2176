package com.threadly.notification.inbox;

import com.threadly.database.Database;
import com.threadly.database.TimedOutException;
import com.threadly.notification.inbox.NotificationRows.Telling;
import com.threadly.notification.rule.Digest;
import com.threadly.notification.rule.DigestEntry;
import com.threadly.notification.rule.Erasure;
import com.threadly.notification.rule.Notification;
import com.threadly.notification.rule.ReadMark;
import com.threadly.notification.rule.RowStates;
import com.threadly.runtime.retry.UnavailableException;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;

/** Writes rows as they follow from the topics: missing and different ones. */
public final class RebuildStore {

    /** What follows from some records of one partition. */
    public record Found(
            List<Notification> notifications, List<DigestEntry> entries, List<ReadMark> reads, List<Erasure> erasures) {

        public Found {
            notifications = List.copyOf(notifications);
            entries = List.copyOf(entries);
            reads = List.copyOf(reads);
            erasures = List.copyOf(erasures);
        }

        /** Those of {@code rows} and {@code entries}, and the same reads and erasures. */
        public Found with(List<Notification> rows, List<DigestEntry> entries) {
            return new Found(rows, entries, reads, erasures);
        }

        /** Whose rows these are, and who sent the messages. */
        Set<String> users() {
            return Stream.of(
                            notifications.stream().map(Notification::userId),
                            entries.stream().flatMap(entry -> Stream.of(entry.userId(), entry.senderId())),
                            reads.stream().map(ReadMark::userId))
                    .flatMap(users -> users)
                    .collect(Collectors.toSet());
        }

        /** What is left when nothing of {@code users} is kept. */
        Found without(Set<String> users) {
            return users.isEmpty()
                    ? this
                    : new Found(
                            Erasure.without(users, notifications),
                            Erasure.withoutWords(users, entries),
                            reads.stream()
                                    .filter(read -> !users.contains(read.userId()))
                                    .toList(),
                            erasures);
        }
    }

    /** The outcome of a row. */
    public enum Outcome {
        ADDED,
        CHANGED,
        EQUAL
    }

    /** The outcome of each row of a batch, and the rows to push. */
    public record Written(Map<UUID, Outcome> outcomes, List<Notification> toPush) {}

    /** By the primary key, so that each step is short, however many reads have no row. */
    private static final String EARLY_READS = """
            SELECT notification_id FROM early_read WHERE notification_id > :after ORDER BY notification_id LIMIT :step
            """;

    private static final int EARLY_READS_AT_ONCE = 1_000;

    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final Database database;
    private final RebuildLock lock;
    private final DigestStore digests;
    private final ReadState reads;
    private final ErasedUsers erasedUsers;
    private final TrimmedRows trimmed;

    /**
     * Writes as long as {@code lock} is held.
     *
     * @param trimmed rows that retention has removed
     */
    public RebuildStore(
            Database database,
            RebuildLock lock,
            Function<Digest, Notification> words,
            TrimmedRows trimmed,
            MeterRegistry metrics) {
        this.trimmed = trimmed;
        this.database = database;
        this.lock = lock;
        this.digests = new DigestStore(database, words);
        this.reads = new ReadState(database, digests);
        this.erasedUsers = new ErasedUsers(database, digests, metrics);
    }

    /**
     * Writes what was found and its checkpoint in one transaction. Rows count as pushed.
     *
     * @param counted computes the outcomes' additions to the rebuild's counts
     */
    public Written writeSilently(Found found, Checkpoint checkpoint, Function<Written, RowCounts> counted)
            throws UnavailableException {
        return write(found, Telling.NOTHING, checkpoint, counted);
    }

    /** As {@link #writeSilently}, but the worker will push new rows and those that grew. */
    public Written writeForWorker(Found found, Checkpoint checkpoint, Function<Written, RowCounts> counted)
            throws UnavailableException {
        return write(found, Telling.GROWTH, checkpoint, counted);
    }

    /** Writes what was found; new and changed rows remain to be pushed, then call {@link #save}. */
    public Written writeToPush(Found found) throws UnavailableException {
        erasedUsers.erase(found.erasures());
        return inPortions(portion -> handle -> written(handle, found, Telling.CHANGES, portion));
    }

    /** How the rows {@code ids}, just written, are already marked; nothing of others. */
    public Map<UUID, RowStates> states(Collection<UUID> ids) throws UnavailableException {
        return reads.among(ids);
    }

    /** Saves the checkpoint of rows already written. */
    public void save(Checkpoint checkpoint, RowCounts since) throws UnavailableException {
        var _ = database.inTransaction(handle -> {
            lock.check(handle);
            RebuildLog.save(handle, checkpoint, since);
            return since;
        });
    }

    /** Applies early reads to their rows. */
    public void settleEarlyReads() throws UnavailableException {
        UUID after = BEFORE_ALL;
        while (true) {
            UUID from = after;
            List<UUID> some = database.inTransaction(handle -> settleSome(handle, from));
            if (some.isEmpty()) {
                return;
            }
            after = some.getLast();
        }
    }

    private List<UUID> settleSome(Handle handle, UUID after) {
        lock.check(handle);
        List<UUID> some = handle.createQuery(EARLY_READS)
                .bind("after", after)
                .bind("step", EARLY_READS_AT_ONCE)
                .mapTo(UUID.class)
                .list();
        if (!some.isEmpty()) {
            var _ = reads.settle(handle, some);
        }
        return some;
    }

    private Written write(Found found, Telling telling, Checkpoint checkpoint, Function<Written, RowCounts> counted)
            throws UnavailableException {
        erasedUsers.erase(found.erasures());
        return inPortions(portion -> handle -> {
            Written written = written(handle, found, telling, portion);
            RebuildLog.save(handle, checkpoint, counted.apply(written));
            return written;
        });
    }

    /** Halves the rows per statement after each timeout. */
    private <T> T inPortions(IntFunction<HandleCallback<T, RuntimeException>> work) throws UnavailableException {
        for (int portion = Portions.ROWS; ; portion /= 2) {
            try {
                HandleCallback<T, RuntimeException> portioned = work.apply(portion);
                return DigestStore.inTransaction(database, handle -> {
                    lock.check(handle);
                    return portioned.withHandle(handle);
                });
            } catch (TimedOutException e) {
                if (portion == 1) {
                    throw e;
                }
            }
        }
    }

    private Written written(Handle handle, Found all, Telling telling, int portion) {
        Found found = trimmed.without(handle, ErasedUsers.without(handle, all), portion);
        var outcomes = new HashMap<UUID, Outcome>();
        // Portions stay locked until the end: lock in the same order as a worker.
        var rows = new TreeMap<UUID, Notification>(DigestStore.ORDER_OF_IDS);
        NotificationRows.eachOnce(found.notifications()).forEach(one -> rows.put(one.id(), one));
        for (List<Notification> some : Portions.of(List.copyOf(rows.values()), portion)) {
            Set<UUID> added = NotificationRows.insert(handle, some, telling);
            List<Notification> known =
                    some.stream().filter(one -> !added.contains(one.id())).toList();
            Set<UUID> changed = known.isEmpty() ? Set.of() : NotificationRows.update(handle, known, telling);
            some.forEach(row -> note(outcomes, row.id(), added, changed));
        }
        for (List<DigestEntry> some : Portions.of(DigestStore.byDigest(found.entries()), portion)) {
            DigestStore.Written written = digests.write(handle, some, telling);
            written.rows().forEach((id, row) -> {
                note(outcomes, id, written.added(), written.changed());
                rows.put(id, row.notification());
            });
        }
        Portions.of(found.reads(), portion).forEach(some -> reads.write(handle, some));
        // Reads are read first: no row is unread for a moment that was read before.
        List<UUID> added = rows.keySet().stream()
                .filter(id -> outcomes.get(id) == Outcome.ADDED)
                .toList();
        Portions.of(added, portion).forEach(some -> rows.putAll(reads.settle(handle, some)));
        return new Written(
                outcomes,
                telling == Telling.CHANGES ? unpushed(handle, List.copyOf(rows.values()), portion) : List.of());
    }

    /** A row that was added and then grew counts as added; one that was equal and then grew as changed. */
    private static void note(Map<UUID, Outcome> outcomes, UUID id, Set<UUID> added, Set<UUID> changed) {
        Outcome outcome = added.contains(id) ? Outcome.ADDED : changed.contains(id) ? Outcome.CHANGED : Outcome.EQUAL;
        outcomes.merge(id, outcome, (before, now) -> before == Outcome.EQUAL ? now : before);
    }

    private static List<Notification> unpushed(Handle handle, List<Notification> rows, int portion) {
        return Portions.of(rows, portion).stream()
                .flatMap(some -> unpushed(handle, some))
                .toList();
    }

    private static Stream<Notification> unpushed(Handle handle, List<Notification> rows) {
        Set<UUID> ids = handle
                .createQuery("SELECT id FROM notification WHERE id = ANY(:ids) AND pushed_at IS NULL")
                .bind("ids", BinaryArrays.uuids(rows, Notification::id))
                .mapTo(UUID.class)
                .stream()
                .collect(Collectors.toSet());
        return rows.stream().filter(row -> ids.contains(row.id()));
    }
}
