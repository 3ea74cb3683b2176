package com.threadly.notification.inbox;

import com.threadly.common.database.Database;
import com.threadly.common.pipeline.UnavailableException;
import com.threadly.notification.inbox.NotificationRows.Telling;
import com.threadly.notification.rule.Digest;
import com.threadly.notification.rule.DigestEntry;
import com.threadly.notification.rule.Notification;
import com.threadly.notification.rule.Read;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Writes rows as the topics tell them: those that are missing, and those that differ. */
public final class RebuildStore {

    /** What some records of one partition tell. */
    public record Found(List<Notification> notifications, List<DigestEntry> entries, List<Read> reads) {

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
    private final DigestStore digests;

    public RebuildStore(Database database, Function<Digest, Notification> words) {
        this.database = database;
        this.digests = new DigestStore(database, words);
    }

    /**
     * Writes what was found, and how far that is, in one transaction. Rows count as pushed.
     *
     * @param counted says what the outcomes add to the rebuild's counts
     */
    public Written writeSilently(Found found, Checkpoint checkpoint, Function<Written, Counts> counted)
            throws UnavailableException {
        return write(found, Telling.NOTHING, checkpoint, counted);
    }

    /** As the other; but new rows, and those that grew, are left for the worker to push. */
    public Written writeForWorker(Found found, Checkpoint checkpoint, Function<Written, Counts> counted)
            throws UnavailableException {
        return write(found, Telling.GROWTH, checkpoint, counted);
    }

    /** Writes what was found and leaves what is new or changed to be pushed; {@link #save} follows that. */
    public Written writeToPush(Found found) throws UnavailableException {
        return DigestStore.inTransaction(database, handle -> written(handle, found, Telling.CHANGES));
    }

    /** Notes how far a rebuild has come whose rows are written already. */
    public void save(Checkpoint checkpoint, Counts since) throws UnavailableException {
        var _ = database.use(handle -> {
            RebuildLog.save(handle, checkpoint, since);
            return since;
        });
    }

    /** Gives rows the reads that came before them. */
    public void settleEarlyReads() throws UnavailableException {
        while (database.<Integer>use(handle -> handle.createUpdate(SETTLE).execute()) > 0) {
            // In small steps, so that each is within the time limit of a statement.
        }
    }

    private Written write(Found found, Telling telling, Checkpoint checkpoint, Function<Written, Counts> counted)
            throws UnavailableException {
        return DigestStore.inTransaction(database, handle -> {
            Written written = written(handle, found, telling);
            RebuildLog.save(handle, checkpoint, counted.apply(written));
            return written;
        });
    }

    private Written written(Handle handle, Found found, Telling telling) {
        var outcomes = new HashMap<UUID, Outcome>();
        List<Notification> single = List.copyOf(found.notifications().stream()
                .collect(Collectors.toMap(Notification::id, one -> one, (one, _) -> one))
                .values());
        var all = new ArrayList<>(single);
        if (!single.isEmpty()) {
            Set<UUID> added = NotificationRows.insert(handle, single, telling);
            List<Notification> known =
                    single.stream().filter(one -> !added.contains(one.id())).toList();
            Set<UUID> changed = known.isEmpty() ? Set.of() : NotificationRows.update(handle, known, telling);
            note(outcomes, single, added, changed);
        }
        if (!found.entries().isEmpty()) {
            DigestStore.Written written = digests.write(handle, found.entries(), telling);
            List<Notification> grown =
                    written.rows().values().stream().map(Stored::notification).toList();
            note(outcomes, grown, written.added(), written.changed());
            all.addAll(grown);
        }
        if (!found.reads().isEmpty()) {
            var _ = ReadState.write(handle, found.reads());
        }
        return new Written(outcomes, telling == Telling.CHANGES ? unpushed(handle, all) : List.of());
    }

    private static void note(Map<UUID, Outcome> outcomes, List<Notification> rows, Set<UUID> added, Set<UUID> changed) {
        for (Notification row : rows) {
            outcomes.put(
                    row.id(),
                    added.contains(row.id())
                            ? Outcome.ADDED
                            : changed.contains(row.id()) ? Outcome.CHANGED : Outcome.EQUAL);
        }
    }

    private static List<Notification> unpushed(Handle handle, List<Notification> rows) {
        Set<UUID> ids = handle
                .createQuery("SELECT id FROM notification WHERE id = ANY(:ids) AND pushed_at IS NULL")
                .bind("ids", Columns.uuids(rows, Notification::id))
                .mapTo(UUID.class)
                .stream()
                .collect(Collectors.toSet());
        return rows.stream().filter(row -> ids.contains(row.id())).toList();
    }
}
