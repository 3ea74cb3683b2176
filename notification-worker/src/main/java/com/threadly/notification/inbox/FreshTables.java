package com.threadly.notification.inbox;

import com.threadly.common.database.Database;
import com.threadly.common.database.DatabaseSettings;
import com.threadly.common.pipeline.UnavailableException;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * A second set of the inbox's tables, in a schema of its own beside the live ones, to be filled and then swapped in.
 * The schema's name is the live one's with {@code _rebuild} behind it; its database user must be allowed to create it.
 */
public final class FreshTables implements AutoCloseable {

    private static final List<String> TABLES = List.of("notification", "digest_message", "inbox", "early_read");

    private static final String COMPARE = """
            SELECT count(*) FILTER (WHERE l.id IS NULL) AS added, count(*) FILTER (WHERE n.id IS NULL AND NOT :part) AS removed,
                count(*) FILTER (WHERE l.id = n.id AND NOT same) AS changed,
                count(*) FILTER (WHERE l.id = n.id AND same) AS equal
            FROM (SELECT * FROM {live}.notification) AS l
            FULL JOIN (SELECT * FROM {next}.notification) AS n ON n.id = l.id
            CROSS JOIN LATERAL (SELECT
                (l.user_id, l.type, l.title, l.message, l.metadata, l.created_at, l.last_event_at, l.revision, l.read_at)
                IS NOT DISTINCT FROM
                (n.user_id, n.type, n.title, n.message, n.metadata, n.created_at, n.last_event_at, n.revision, n.read_at)
                OR (:part AND l.revision > n.revision) AS same) AS compared
            WHERE greatest(l.last_event_at, n.last_event_at) < :before AND (l.id IS NOT NULL OR n.pushed_at IS NOT NULL)
            """;

    private static final String GRANTS = """
            SELECT format('GRANT %s ON %I.%I TO %s%s', privilege_type, :next::text, table_name,
                CASE grantee WHEN 'PUBLIC' THEN grantee ELSE quote_ident(grantee) END,
                CASE is_grantable WHEN 'YES' THEN ' WITH GRANT OPTION' ELSE '' END)
            FROM information_schema.role_table_grants
            WHERE table_schema = :live AND table_name = ANY(:tables) AND grantee <> current_user
            """;

    /** What the worker has pushed of rows that it may still have to push, as far as the fresh tables know. */
    private static final String TAKE_MARKS = """
            UPDATE {next}.notification AS n SET pushed_at = l.pushed_at FROM {live}.notification AS l
            WHERE n.pushed_at IS NULL AND l.id = n.id AND l.revision = n.revision AND l.pushed_at IS NOT NULL
            """;

    /**
     * How the fresh rows differ from the live ones.
     *
     * @param removed live rows that the topics do not tell of
     */
    public record Difference(long added, long changed, long equal, long removed) {}

    /** Fills what is left, while nobody can write the live tables. */
    @FunctionalInterface
    public interface LastStretch {
        void fill() throws UnavailableException, InterruptedException;
    }

    private final Database live;
    private final String liveSchema;
    private final String nextSchema;
    private final Database next;

    private FreshTables(Database live, String liveSchema, DatabaseSettings settings, MeterRegistry metrics) {
        this.live = live;
        this.liveSchema = liveSchema;
        this.nextSchema = liveSchema + "_rebuild";
        this.next = InboxTables.open(settings.in(nextSchema), metrics);
    }

    /** Those of an unfinished rebuild, or new ones. {@code live} is used for the swap. */
    public static FreshTables beside(Database live, DatabaseSettings settings, MeterRegistry metrics)
            throws UnavailableException {
        String schema = live.use(handle ->
                handle.select("SELECT current_schema()").mapTo(String.class).one());
        return new FreshTables(live, schema, settings, metrics);
    }

    /** The fresh tables, to be filled. */
    public Database next() {
        return next;
    }

    /** Takes what was there away, and makes all tables anew. */
    public void clear() throws UnavailableException {
        var _ = next.inTransaction(
                handle -> handle.execute("TRUNCATE rebuild, pushed_event, " + String.join(", ", TABLES)));
    }

    /**
     * Compares the fresh rows with the live ones.
     *
     * @param before rows whose last event is not older than this are left out: a worker may be about to write them
     * @param part the fresh rows tell of a part of the topics only, so a live digest may count more
     */
    public Difference differenceFromLive(Instant before, boolean part) throws UnavailableException {
        return live.inLongTransaction(handle -> handle.createQuery(named(COMPARE))
                .bind("before", before)
                .bind("part", part)
                .map((row, context) -> new Difference(
                        row.getLong("added"), row.getLong("changed"), row.getLong("equal"), row.getLong("removed")))
                .one());
    }

    /**
     * Puts the fresh tables in the place of the live ones, in one transaction. Writers wait meanwhile, readers only for its
     * end. Privileges go over; a view of the live tables prevents it, and is named.
     */
    public void swap(LastStretch lastStretch) throws UnavailableException, InterruptedException {
        prepare();
        try {
            var _ = live.inLongTransaction(handle -> {
                swap(handle, lastStretch);
                return nextSchema;
            });
        } catch (LastStretchException e) {
            throw e.cause();
        }
    }

    private void prepare() throws UnavailableException {
        var _ = next.inLongTransaction(handle -> {
            // For what is left to mark when everybody waits.
            handle.execute("CREATE INDEX IF NOT EXISTS rebuild_unpushed ON notification (id) WHERE pushed_at IS NULL");
            TABLES.forEach(table -> handle.execute("ANALYZE " + table));
            return nextSchema;
        });
    }

    private void swap(Handle handle, LastStretch lastStretch) {
        for (String table : TABLES) {
            handle.execute("LOCK TABLE " + in(liveSchema, table) + " IN EXCLUSIVE MODE");
        }
        try {
            lastStretch.fill();
        } catch (UnavailableException e) {
            throw new LastStretchException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted before the swap: nothing has changed", e);
        }
        handle.execute(named(TAKE_MARKS));
        handle.execute("DROP INDEX " + in(nextSchema, "rebuild_unpushed"));
        List<String> grants = handle.createQuery(GRANTS)
                .bind("next", nextSchema)
                .bind("live", liveSchema)
                .bindArray("tables", String.class, TABLES)
                .mapTo(String.class)
                .list();
        grants.forEach(handle::execute);
        for (String table : TABLES) {
            handle.execute("DROP TABLE " + in(liveSchema, table));
            handle.execute("ALTER TABLE " + in(nextSchema, table) + " SET SCHEMA " + quoted(liveSchema));
        }
        // Here, so that nobody finds a rebuild that is to be gone on with but has no tables any more.
        drop(handle);
    }

    private static final class LastStretchException extends RuntimeException {
        private final UnavailableException cause;

        LastStretchException(UnavailableException cause) {
            super(cause);
            this.cause = cause;
        }

        UnavailableException cause() {
            return cause;
        }
    }

    /** Takes them away with all that is in them. */
    public void drop() throws UnavailableException {
        var _ = live.use(this::drop);
    }

    private int drop(Handle handle) {
        return handle.execute("DROP SCHEMA " + quoted(nextSchema) + " CASCADE");
    }

    @Override
    public void close() {
        next.close();
    }

    private String named(String sql) {
        return sql.replace("{live}", quoted(liveSchema)).replace("{next}", quoted(nextSchema));
    }

    private static String in(String schema, String table) {
        return quoted(schema) + "." + table;
    }

    private static String quoted(String schema) {
        return '"' + schema.replace("\"", "\"\"") + '"';
    }
}
