package com.threadly.notification.inbox;

import com.threadly.database.Database;
import com.threadly.database.TimedOutException;
import com.threadly.runtime.retry.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Gatherers;
import org.jdbi.v3.core.Handle;

/**
 * Removes old rows and the excess rows of inboxes in small steps: each holds few locks for a short time, and skips rows
 * that are being written. Several processes may run it at once.
 */
public final class Retention {

    private static final int STEP = 1_000;
    /** Each inbox is read to its maximum size. */
    private static final int USERS = 100;

    /** A read waits for its row only while one topic is read behind another, as in a first start. */
    private static final Duration EARLY_READS_KEPT = Duration.ofDays(2);

    /** For late events, such as a backlog: the event time determines the digest. */
    private static final Duration LATENESS = Duration.ofHours(1);

    /** The rows of {@code gone} that have not grown meanwhile, with the messages of digests among them. */
    private static final String REMOVE = """
            , known AS MATERIALIZED (
                SELECT id, revision FROM notification WHERE id IN (SELECT id FROM gone)
            ), locked AS (
                SELECT id FROM notification WHERE (id, revision) IN (SELECT id, revision FROM known) FOR UPDATE SKIP LOCKED
            ), messages AS (
                DELETE FROM digest_message WHERE notification_id IN (SELECT id FROM locked)
            )
            DELETE FROM notification WHERE id IN (SELECT id FROM locked)
            """;

    private static final String TOO_OLD = """
            WITH gone AS (
                SELECT id FROM notification WHERE last_event_at < :before ORDER BY last_event_at LIMIT :step
            )
            """ + REMOVE;

    private static final String TOO_MANY = """
            WITH gone AS (
                SELECT beyond.id FROM unnest(:users) AS given (user_id) CROSS JOIN LATERAL (
                    SELECT id, last_event_at FROM notification WHERE user_id = given.user_id
                    ORDER BY last_event_at DESC, id OFFSET :rows
                ) AS beyond WHERE last_event_at < :before LIMIT :step
            )
            """ + REMOVE;

    private static final List<String> WITHOUT_ROWS = List.of("""
            DELETE FROM pushed_event WHERE event_id IN (
                SELECT event_id FROM pushed_event WHERE pushed_at < :before ORDER BY pushed_at LIMIT :step)
            """, """
            DELETE FROM inbox WHERE user_id IN (SELECT user_id FROM inbox WHERE read_up_to < :before LIMIT :step)
                AND read_up_to < :before
            """);

    private static final String EARLY_READS = """
            DELETE FROM early_read WHERE (notification_id, user_id) IN (
                SELECT notification_id, user_id FROM early_read WHERE stored_at < :before ORDER BY stored_at LIMIT :step)
            """;

    private static final String USERS_WITH_TOO_MANY = """
            SELECT user_id FROM notification GROUP BY user_id HAVING count(*) > :rows
            """;

    private static final String WITH_TOO_MANY = """
            SELECT given.user_id FROM unnest(:users) AS given (user_id) WHERE EXISTS (
                SELECT FROM notification WHERE user_id = given.user_id ORDER BY last_event_at DESC, id OFFSET :rows LIMIT 1)
            """;

    private final Database database;
    private final RetentionSettings settings;
    private final Duration digestWindow;

    public Retention(Database database, RetentionSettings settings, Duration digestWindow) {
        this.database = database;
        this.settings = settings;
        this.digestWindow = digestWindow;
    }

    /** Removes rows too old as of {@code now}; returns their number. */
    public long removeOld(Instant now) throws UnavailableException {
        Instant before = now.minus(settings.age());
        var _ = inSteps((handle, step) -> removeOld(handle, EARLY_READS, now.minus(EARLY_READS_KEPT), step));
        for (String statement : WITHOUT_ROWS) {
            var _ = inSteps((handle, step) -> removeOld(handle, statement, before, step));
        }
        return inSteps((handle, step) -> removeOld(handle, TOO_OLD, before, step));
    }

    /**
     * Removes excess rows from the inboxes of {@code users} as of {@code now}; returns their number. Rows of the last
     * digest window, and of an hour before it, stay: a digest that can still grow would count from zero again.
     */
    public long trim(Collection<String> users, Instant now) throws UnavailableException {
        Instant before = now.minus(digestWindow).minus(LATENESS);
        long removed = 0;
        for (List<String> some : groups(users)) {
            removed += inSteps((handle, step) -> trim(handle, some, before, step));
        }
        return removed;
    }

    /** Those of {@code users} whose inboxes still have excess rows: digests that can still grow, or locked rows. */
    public Set<String> withTooMany(Collection<String> users) throws UnavailableException {
        var found = new HashSet<String>();
        for (List<String> some : groups(users)) {
            found.addAll(database.use(handle -> handle.createQuery(WITH_TOO_MANY)
                    .bindArray("users", String.class, some)
                    .bind("rows", settings.rowsPerUser())
                    .mapTo(String.class)
                    .list()));
        }
        return found;
    }

    /** All users whose inboxes have excess rows: it reads every row. */
    public Set<String> withTooMany() throws UnavailableException {
        return database.inLongTransaction(handle -> handle.createQuery(USERS_WITH_TOO_MANY)
                .bind("rows", settings.rowsPerUser())
                .mapTo(String.class)
                .set());
    }

    private int trim(Handle handle, List<String> users, Instant before, int step) {
        return handle.createUpdate(TOO_MANY)
                .bindArray("users", String.class, users)
                .bind("rows", settings.rowsPerUser())
                .bind("before", before)
                .bind("step", step)
                .execute();
    }

    private static int removeOld(Handle handle, String statement, Instant before, int step) {
        return handle.createUpdate(statement)
                .bind("before", before)
                .bind("step", step)
                .execute();
    }

    private static List<List<String>> groups(Collection<String> users) {
        return users.stream().gather(Gatherers.windowFixed(USERS)).toList();
    }

    @FunctionalInterface
    private interface Step {
        /** Removes at most {@code most} rows. */
        int remove(Handle handle, int most);
    }

    /**
     * Repeats until a step removes fewer rows than allowed. One that times out, as with rows of many messages, is
     * halved.
     */
    private long inSteps(Step step) throws UnavailableException {
        long removed = 0;
        int most = STEP;
        while (true) {
            int size = most;
            try {
                int some = database.use(handle -> step.remove(handle, size));
                removed += some;
                if (some < size) {
                    return removed;
                }
            } catch (TimedOutException e) {
                if (size == 1) {
                    throw e;
                }
                most = size / 2;
            }
        }
    }
}
