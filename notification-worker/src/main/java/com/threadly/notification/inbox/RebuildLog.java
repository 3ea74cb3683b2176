package com.threadly.notification.inbox;

import com.threadly.database.Database;
import com.threadly.runtime.retry.UnavailableException;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jdbi.v3.core.Handle;

/** The progress of unfinished rebuilds, and their counts. */
public final class RebuildLog {

    private static final String SAVE = """
            INSERT INTO rebuild AS known
                (name, topic, partition_number, next_offset, added, changed, equal, skipped)
            VALUES (:name, :topic, :partition, :next, :added, :changed, :equal, :skipped)
            ON CONFLICT (name, topic, partition_number) DO UPDATE SET
                next_offset = excluded.next_offset, added = known.added + excluded.added,
                changed = known.changed + excluded.changed, equal = known.equal + excluded.equal,
                skipped = known.skipped + excluded.skipped
            """;

    private static final String COUNTS = """
            SELECT coalesce(sum(added), 0) AS added, coalesce(sum(changed), 0) AS changed,
                coalesce(sum(equal), 0) AS equal, coalesce(sum(skipped), 0) AS skipped
            FROM rebuild WHERE name = :name
            """;

    private final Database database;
    private final RebuildLock lock;

    public RebuildLog(Database database, RebuildLock lock) {
        this.database = database;
        this.lock = lock;
    }

    /** Where the rebuild called {@code name} continues; empty when it has not started. */
    public Map<TopicPartition, Long> nextOffsets(String name) throws UnavailableException {
        return database.use(handle -> {
            var offsets = new HashMap<TopicPartition, Long>();
            handle.createQuery("SELECT topic, partition_number, next_offset FROM rebuild WHERE name = :name")
                    .bind("name", name)
                    .map((row, context) -> Map.entry(
                            new TopicPartition(row.getString("topic"), row.getInt("partition_number")),
                            row.getLong("next_offset")))
                    .forEach(entry -> offsets.put(entry.getKey(), entry.getValue()));
            return offsets;
        });
    }

    /** Its counts so far. */
    public RowCounts counts(String name) throws UnavailableException {
        return database.use(handle -> handle.createQuery(COUNTS)
                .bind("name", name)
                .map((row, context) -> new RowCounts(
                        row.getLong("added"), row.getLong("changed"), row.getLong("equal"), row.getLong("skipped")))
                .one());
    }

    /** Rebuilds whose names begin with {@code request} are finished, or start from scratch. */
    public void forget(String request) throws UnavailableException {
        var _ = database.inTransaction(handle -> {
            lock.check(handle);
            return handle.createUpdate("DELETE FROM rebuild WHERE starts_with(name, :wish)")
                    .bind("wish", request)
                    .execute();
        });
    }

    static void save(Handle handle, Checkpoint checkpoint, RowCounts since) {
        handle.createUpdate(SAVE)
                .bind("name", checkpoint.rebuild())
                .bind("topic", checkpoint.partition().topic())
                .bind("partition", checkpoint.partition().partition())
                .bind("next", checkpoint.nextOffset())
                .bind("added", since.added())
                .bind("changed", since.changed())
                .bind("equal", since.equal())
                .bind("skipped", since.skipped())
                .execute();
    }
}
