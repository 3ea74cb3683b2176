package com.threadly.notification.inbox;

import com.threadly.database.Database;
import com.threadly.database.TimedOutException;
import com.threadly.notification.inbox.NotificationRows.Telling;
import com.threadly.notification.rule.Digest;
import com.threadly.notification.rule.DigestEntry;
import com.threadly.notification.rule.Notification;
import com.threadly.notification.rule.ReadMark;
import com.threadly.runtime.retry.UnavailableException;
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

/** Writes rows as the topics tell them: those that are missing, and those that differ. */
public final class RebuildStore {

    /** What some records of one partition tell. */
    public record Found(List<Notification> notifications, List<DigestEntry> entries, List<ReadMark> reads) {

        public static final Found NOTHING = new Found(List.of(), List.of(), List.of());

        public Found {
            notifications = List.copyOf(notifications);
            entries = List.copyOf(entries);
            reads = List.copyOf(reads);
        }
    }

    /** What became of a row. */
    public enum Outcome {
        ADDED,
        CHANGED,
        EQUAL
    }

    /** What is left to push of a batch, and what became of each of its rows. */
    public record Written(Map<UUID, Outcome> outcomes, List<Notification> toPush) {}

    private static final String SETTLE = """
            WITH early AS (
                DELETE FROM early_read AS e WHERE (e.notification_id, e.user_id) IN (
                    SELECT e.notification_id, e.user_id FROM early_read AS e
                    JOIN notification AS n ON n.id = e.notification_id AND n.user_id = e.user_id
                    LIMIT 1000)
                RETURNING e.notification_id AS id, e.read_at
            )
            UPDATE notification AS n SET read_at = greatest(n.read_at, early.read_at) FROM early WHERE n.id = early.id
            """;

    private final Database database;
    private final RebuildLock lock;
    private final DigestStore digests;

    /** Writes as long as {@code lock} is held. */
    public RebuildStore(Database database, RebuildLock lock, Function<Digest, Notification> words) {
        this.database = database;
        this.lock = lock;
        this.digests = new DigestStore(database, words);
    }

    /**
     * Writes what was found, and how far that is, in one transaction. Rows count as pushed.
     *
     * @param counted says what the outcomes add to the rebuild's counts
     */
    public Written writeSilently(Found found, Checkpoint checkpoint, Function<Written, RowCounts> counted)
            throws UnavailableException {
        return write(found, Telling.NOTHING, checkpoint, counted);
    }

    /** As the other; but new rows, and those that grew, are left for the worker to push. */
    public Written writeForWorker(Found found, Checkpoint checkpoint, Function<Written, RowCounts> counted)
            throws UnavailableException {
        return write(found, Telling.GROWTH, checkpoint, counted);
    }

    /** Writes what was found and leaves what is new or changed to be pushed; {@link #save} follows that. */
    public Written writeToPush(Found found) throws UnavailableException {
        return inPortions(portion -> handle -> written(handle, found, Telling.CHANGES, portion));
    }

    /** Notes how far a rebuild has come whose rows are written already. */
    public void save(Checkpoint checkpoint, RowCounts since) throws UnavailableException {
        var _ = database.inTransaction(handle -> {
            lock.check(handle);
            RebuildLog.save(handle, checkpoint, since);
            return since;
        });
    }

    /** Gives rows the reads that came before them. */
    public void settleEarlyReads() throws UnavailableException {
        while (database.<Integer>inTransaction(this::settleSome) > 0) {
            // In small steps, so that each is within the time limit of a statement.
        }
    }

    private int settleSome(Handle handle) {
        lock.check(handle);
        return handle.createUpdate(SETTLE).execute();
    }

    private Written write(Found found, Telling telling, Checkpoint checkpoint, Function<Written, RowCounts> counted)
            throws UnavailableException {
        return inPortions(portion -> handle -> {
            Written written = written(handle, found, telling, portion);
            RebuildLog.save(handle, checkpoint, counted.apply(written));
            return written;
        });
    }

    /** In statements of half as many rows, again and again, when one is timed out. */
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

    private Written written(Handle handle, Found found, Telling telling, int portion) {
        var outcomes = new HashMap<UUID, Outcome>();
        // One portion after the other is locked until the end: in the order in which a worker locks, too.
        var rows = new TreeMap<UUID, Notification>(DigestStore.ORDER_OF_IDS);
        found.notifications().forEach(one -> rows.putIfAbsent(one.id(), one));
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
        Portions.of(found.reads(), portion).forEach(some -> ReadState.write(handle, some));
        return new Written(
                outcomes,
                telling == Telling.CHANGES ? unpushed(handle, List.copyOf(rows.values()), portion) : List.of());
    }

    /** A row that was added and then grew was added; one that was equal and then grew has changed. */
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
