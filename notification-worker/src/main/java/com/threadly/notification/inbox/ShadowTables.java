package com.threadly.notification.inbox;

import com.threadly.database.Database;
import com.threadly.database.DatabaseSettings;
import com.threadly.runtime.retry.UnavailableException;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A second set of the inbox's tables in a separate schema, to be filled and then swapped in. The schema's name is the
 * live one's with the suffix {@code _rebuild}; the database user needs the right to create it.
 */
public final class ShadowTables implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ShadowTables.class);

    private static final List<String> TABLES =
            List.of("notification", "digest_message", "inbox", "early_read", "erased_user");

    private static final String COMPARE = """
            SELECT count(*) FILTER (WHERE l.id IS NULL) AS added, count(*) FILTER (WHERE n.id IS NULL) AS removed,
                count(*) FILTER (WHERE l.id = n.id AND NOT same) AS changed,
                count(*) FILTER (WHERE l.id = n.id AND same) AS equal
            FROM (SELECT * FROM {live}.notification) AS l
            FULL JOIN (SELECT * FROM {next}.notification) AS n ON n.id = l.id
            CROSS JOIN LATERAL (SELECT
                (l.user_id, l.type, l.title, l.message, l.metadata, l.created_at, l.last_event_at, l.revision, l.read_revision, l.read_at, l.expires_at,
                    l.read_round, l.seen_revision, l.archived_round, l.archived_revision, l.deleted_revision)
                IS NOT DISTINCT FROM
                (n.user_id, n.type, n.title, n.message, n.metadata, n.created_at, n.last_event_at, n.revision, n.read_revision, n.read_at, n.expires_at,
                    n.read_round, n.seen_revision, n.archived_round, n.archived_revision, n.deleted_revision) AS same) AS compared
            WHERE greatest(l.last_event_at, n.last_event_at) < :before AND (l.id IS NOT NULL OR n.pushed_at IS NOT NULL)
            """;

    private static final String COLUMNS = """
            SELECT quote_ident(column_name) FROM information_schema.columns
            WHERE table_schema = :schema AND table_name = :table ORDER BY ordinal_position
            """;

    private static final String GRANTS = """
            SELECT format('GRANT %s ON %I.%I TO %s%s', privilege_type, :next::text, table_name,
                CASE grantee WHEN 'PUBLIC' THEN grantee ELSE quote_ident(grantee) END,
                CASE is_grantable WHEN 'YES' THEN ' WITH GRANT OPTION' ELSE '' END)
            FROM information_schema.role_table_grants
            WHERE table_schema = :live AND table_name = ANY(:tables) AND grantee <> current_user
            """;

    /** Copies the worker's push marks to fresh rows that are not yet marked. */
    private static final String TAKE_MARKS = """
            UPDATE {next}.notification AS n SET pushed_at = l.pushed_at FROM {live}.notification AS l
            WHERE n.pushed_at IS NULL AND l.id = n.id AND l.revision = n.revision AND l.pushed_at IS NOT NULL
            """;

    /** What was erased stays so, with its report, also if its topic has been replaced. */
    private static final String TAKE_ERASURES = """
            INSERT INTO {next}.erased_user (user_id, erased_at, notifications, messages, marks, statuses, words)
            SELECT user_id, erased_at, notifications, messages, marks, statuses, words FROM {live}.erased_user
            ON CONFLICT (user_id) DO UPDATE SET notifications = excluded.notifications, messages = excluded.messages,
                marks = excluded.marks, statuses = excluded.statuses, words = excluded.words
            """;

    /**
     * How the fresh rows differ from the live ones.
     *
     * @param removed live rows that do not follow from the topics
     */
    public record Difference(long added, long changed, long equal, long removed) {}

    /** Fills the rest, while the live tables are locked for writes. */
    @FunctionalInterface
    public interface LastStretch {
        void fill() throws UnavailableException, InterruptedException;
    }

    private static final String AND_MISSING = """
             AND NOT EXISTS (SELECT FROM {next}.notification AS n WHERE n.id = l.id)
                AND NOT EXISTS (SELECT FROM {next}.erased_user AS e WHERE e.user_id = l.user_id)
            """;

    /** Rows before {@code kept}, expired ones and those of erased users are due for removal anyway. */
    private static final String NOTE_MISSING = """
            INSERT INTO {next}.missing SELECT l.id, l.user_id FROM {live}.notification AS l
            WHERE l.last_event_at >= :kept AND l.last_event_at < :begun AND l.expires_at > :begun
            """ + AND_MISSING;

    private static final String STILL_MISSING = "SELECT count(*) FROM {next}.missing AS l WHERE true" + AND_MISSING;

    private static final String MISSING_SINCE = """
            SELECT count(*) FROM {live}.notification AS l
            WHERE l.last_event_at >= :begun AND l.expires_at > :begun
            """ + AND_MISSING;

    /**
     * How many rows that do not follow from the topics a swap may remove.
     *
     * @param begun when the rebuild began
     * @param kept rows whose last event is older are due for removal by age
     */
    public record Removal(long rows, Instant begun, Instant kept) {}

    private final Database live;
    private final RebuildLock lock;
    private final String liveSchema;
    private final String nextSchema;
    private final Database next;
    /** Live rows from before the rebuild that do not follow from the topics. */
    private long missing;

    private ShadowTables(
            Database live, RebuildLock lock, String liveSchema, DatabaseSettings settings, MeterRegistry metrics) {
        this.live = live;
        this.lock = lock;
        this.liveSchema = liveSchema;
        this.nextSchema = liveSchema + "_rebuild";
        this.next = InboxTables.open(settings.in(nextSchema), metrics);
    }

    /** The tables of an unfinished rebuild, or new ones. {@code live} is used for the swap. */
    public static ShadowTables beside(Database live, RebuildLock lock, DatabaseSettings settings, MeterRegistry metrics)
            throws UnavailableException {
        return new ShadowTables(live, lock, schemaOf(live), settings, metrics);
    }

    /** The schema of the tables of {@code database}. */
    static String schemaOf(Database database) throws UnavailableException {
        return database.use(handle ->
                handle.select("SELECT current_schema()").mapTo(String.class).one());
    }

    /** The fresh tables, to be filled. */
    public Database next() {
        return next;
    }

    /** Empties the tables. */
    public void clear() throws UnavailableException {
        var _ = next.inTransaction(handle -> {
            lock.check(handle);
            return handle.execute("TRUNCATE rebuild, pushed_event, " + String.join(", ", TABLES));
        });
    }

    /** Copies which users are erased: nothing of them is to be written here. */
    public void copyErasures() throws UnavailableException {
        var _ = next.inTransaction(handle -> {
            lock.check(handle);
            return handle.execute(named(TAKE_ERASURES));
        });
    }

    /** Copies the rows of the live tables. */
    public void copyLive() throws UnavailableException {
        var _ = next.inLongTransaction(handle -> {
            lock.check(handle);
            for (String table : TABLES) {
                List<String> columns = handle.createQuery(COLUMNS)
                        .bind("schema", nextSchema)
                        .bind("table", table)
                        .mapTo(String.class)
                        .list();
                String names = String.join(", ", columns);
                handle.execute("INSERT INTO %s (%s) SELECT %s FROM %s"
                        .formatted(in(nextSchema, table), names, names, in(liveSchema, table)));
            }
            return nextSchema;
        });
    }

    /**
     * Call it before the tables are filled, which takes long. The swap looks again, so this does not wait for tables that
     * are locked.
     *
     * @throws TableExtrasException when the live tables have something that the fresh ones would not have
     */
    public void requireNothingLost() {
        try {
            var _ = live.use(handle -> {
                requireNothingLost(handle);
                return nextSchema;
            });
        } catch (UnavailableException e) {
            log.atInfo()
                    .addKeyValue("cause", e.getMessage())
                    .log("whether fresh tables would lose anything shows only in the swap");
        }
    }

    private void requireNothingLost(Handle handle) {
        List<String> extras = TableExtras.of(handle, liveSchema, nextSchema, TABLES);
        if (!extras.isEmpty()) {
            throw new TableExtrasException(extras);
        }
    }

    /**
     * Records which live rows are missing here. The worker may have just written some of them; rows still missing after
     * the topics have been read to their ends again do not follow from the topics.
     */
    public void noteMissing(Removal allowed) throws UnavailableException {
        var _ = next.inLongTransaction(handle -> {
            lock.check(handle);
            handle.execute(named("DROP TABLE IF EXISTS {next}.missing"));
            handle.execute(named("CREATE TABLE {next}.missing (id uuid PRIMARY KEY, user_id text NOT NULL)"));
            return handle.createUpdate(named(NOTE_MISSING))
                    .bind("kept", allowed.kept())
                    .bind("begun", allowed.begun())
                    .execute();
        });
    }

    /**
     * Call it before {@link #swap}, after the topics have been read further since {@link #noteMissing}.
     *
     * @throws RemovalRefusedException when more live rows than allowed do not follow from the topics
     */
    public void checkRemoval(Removal allowed) throws UnavailableException {
        missing = next.inLongTransaction(
                handle -> handle.select(named(STILL_MISSING)).mapTo(Long.class).one());
        refuseMoreThan(allowed, missing);
    }

    private long missingSince(Handle handle, Removal allowed) {
        return handle.createQuery(named(MISSING_SINCE))
                .bind("begun", allowed.begun())
                .mapTo(Long.class)
                .one();
    }

    private static void refuseMoreThan(Removal allowed, long rows) {
        if (rows > allowed.rows()) {
            throw new RemovalRefusedException(rows, allowed.rows());
        }
    }

    /**
     * Compares the fresh rows with the live ones.
     *
     * @param before rows whose last event is not older than this are ignored: a worker may be about to write them
     */
    public Difference differenceFromLive(Instant before) throws UnavailableException {
        return live.inLongTransaction(handle -> handle.createQuery(named(COMPARE))
                .bind("before", before)
                .map((row, context) -> new Difference(
                        row.getLong("added"), row.getLong("changed"), row.getLong("equal"), row.getLong("removed")))
                .one());
    }

    /**
     * Replaces the live tables with the fresh ones, in one transaction. Writers wait meanwhile, readers only for its
     * end. Privileges are carried over; a view on the live tables prevents the swap, and is named.
     *
     * @throws RemovalRefusedException when that would remove more rows than {@code allowed}
     */
    public void swap(LastStretch lastStretch, Removal allowed) throws UnavailableException, InterruptedException {
        prepare();
        try {
            var _ = live.inLongTransaction(handle -> {
                swap(handle, lastStretch, allowed);
                return nextSchema;
            });
        } catch (LastStretchException e) {
            throw e.cause();
        }
    }

    private void prepare() throws UnavailableException {
        var _ = next.inLongTransaction(handle -> {
            // For the rows left to mark while all writers wait.
            handle.execute("CREATE INDEX IF NOT EXISTS rebuild_unpushed ON notification (id) WHERE pushed_at IS NULL");
            TABLES.forEach(table -> handle.execute("ANALYZE " + table));
            return nextSchema;
        });
    }

    private void swap(Handle handle, LastStretch lastStretch, Removal allowed) {
        lock.check(handle);
        for (String table : TABLES) {
            handle.execute("LOCK TABLE " + in(liveSchema, table) + " IN EXCLUSIVE MODE");
        }
        try {
            lastStretch.fill();
        } catch (UnavailableException e) {
            throw new LastStretchException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted before the swap; nothing has changed", e);
        }
        // Writers wait, so not all are counted again: before the last range, newer ones could not be distinguished.
        refuseMoreThan(allowed, missing + missingSince(handle, allowed));
        requireNothingLost(handle);
        handle.execute(named(TAKE_MARKS));
        handle.execute(named(TAKE_ERASURES));
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
        // In this transaction, so that no later run finds an unfinished rebuild without tables.
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

    /** Drops the schema with all its tables. */
    public void drop() throws UnavailableException {
        var _ = live.inTransaction(handle -> {
            lock.check(handle);
            return drop(handle);
        });
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

    /** The name of a table with its schema. */
    static String in(String schema, String table) {
        return quoted(schema) + "." + table;
    }

    private static String quoted(String schema) {
        return '"' + schema.replace("\"", "\"\"") + '"';
    }
}
