package com.threadly.notification.inbox;

import com.threadly.database.Database;
import com.threadly.database.TimedOutException;
import com.threadly.notification.rule.RulesSettings;
import com.threadly.runtime.retry.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Gatherers;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

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

    /** For late events, such as a backlog: the event time determines the digest, and which request counts. */
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

    /**
     * From where the last step ended: while a snapshot is open, the removed rows before it stay in the index, and each
     * step would read them again.
     */
    private static final String TOO_OLD =
            """
            WITH gone AS (
                SELECT id, last_event_at FROM notification
                WHERE last_event_at >= CAST(:from AS timestamptz) AND last_event_at < :before
                ORDER BY last_event_at LIMIT :step
            )
            """ + REMOVE.replace("DELETE FROM notification", ", removed AS (DELETE FROM notification") + """
             RETURNING id)
            SELECT (SELECT count(*) FROM removed) AS rows, count(*) AS seen, max(last_event_at)::text AS up_to FROM gone
            """;

    private static final String EXPIRED = """
            WITH gone AS (
                SELECT id FROM notification
                WHERE expires_at < 'infinity' AND expires_at <= :before AND last_event_at < :settled
                ORDER BY expires_at LIMIT :step
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

    private static final String PUSHED_EVENTS = """
            DELETE FROM pushed_event WHERE event_id IN (
                SELECT event_id FROM pushed_event WHERE pushed_at < :before ORDER BY pushed_at LIMIT :step)
            """;

    /** Once all rows of which they decide are removed: those would be unread for a moment. */
    private static final String INBOXES = """
            DELETE FROM inbox WHERE user_id IN (
                SELECT user_id FROM inbox WHERE read_up_to < :before AND NOT EXISTS (
                    SELECT FROM notification AS n
                    WHERE n.user_id = inbox.user_id AND n.last_event_at <= inbox.read_up_to)
                LIMIT :step)
                AND read_up_to < :before
            """;

    private static final String EARLY_READS = """
            DELETE FROM early_read WHERE (notification_id, user_id) IN (
                SELECT notification_id, user_id FROM early_read WHERE stored_at < :before ORDER BY stored_at LIMIT :step)
            """;

    /** One look into the index per user, whatever they have. */
    private static final String SOME_USERS = """
            WITH RECURSIVE users AS (
                (SELECT user_id FROM notification WHERE user_id > :after ORDER BY user_id LIMIT 1)
                UNION ALL
                SELECT (SELECT user_id FROM notification WHERE user_id > users.user_id ORDER BY user_id LIMIT 1)
                FROM users WHERE users.user_id IS NOT NULL
            )
            SELECT user_id FROM users WHERE user_id IS NOT NULL LIMIT :step
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

    /** Rows with later events are not removed for their number as of {@code now}. */
    public static Instant lastToTrim(Instant now, Duration digestWindow) {
        return now.minus(longestDigest(digestWindow));
    }

    /** Between two events of one digest there is less. */
    public static Duration longestDigest(Duration digestWindow) {
        return digestWindow.plus(LATENESS);
    }

    /** Removes rows too old as of {@code now}; returns their number. */
    public long removeOld(Instant now) throws UnavailableException {
        Instant before = now.minus(settings.age());
        long removed = removeRows(before);
        var _ = inSteps((handle, step) -> removeOld(handle, EARLY_READS, now.minus(EARLY_READS_KEPT), step));
        var _ = inSteps((handle, step) -> removeOld(handle, PUSHED_EVENTS, before, step));
        var _ = inSteps((handle, step) -> removeOld(handle, INBOXES, before, step));
        return removed;
    }

    /**
     * Removes rows expired as of {@code now}, once no other request with their key can come; returns their number. Nobody
     * sees them before.
     */
    public long removeExpired(Instant now) throws UnavailableException {
        return inSteps((handle, step) -> handle.createUpdate(EXPIRED)
                .bind("before", now)
                .bind("settled", lastToExpire(now))
                .bind("step", step)
                .execute());
    }

    /** Rows with later events are not removed for their expiry as of {@code now}. */
    public static Instant lastToExpire(Instant now) {
        return now.minus(RulesSettings.DEDUP_WINDOW.plus(LATENESS));
    }

    private record Removed(int rows, int seen, @Nullable String upTo) {}

    private long removeRows(Instant before) throws UnavailableException {
        long removed = 0;
        String from = "-infinity";
        int most = STEP;
        while (true) {
            String begin = from;
            int size = most;
            try {
                Removed some = database.use(handle -> handle.createQuery(TOO_OLD)
                        .bind("from", begin)
                        .bind("before", before)
                        .bind("step", size)
                        .map((row, context) ->
                                new Removed(row.getInt("rows"), row.getInt("seen"), row.getString("up_to")))
                        .one());
                removed += some.rows();
                if (some.upTo() == null || some.seen() < size || (some.rows() == 0 && begin.equals(some.upTo()))) {
                    return removed;
                }
                from = some.upTo();
            } catch (TimedOutException e) {
                most = half(size, e);
            }
        }
    }

    private static int half(int size, TimedOutException e) throws TimedOutException {
        if (size == 1) {
            throw e;
        }
        return size / 2;
    }

    /**
     * Removes excess rows from the inboxes of {@code users} as of {@code now}; returns their number. Rows of the last
     * digest window, and of an hour before it, stay: a digest that can still grow would count from zero again.
     */
    public long trim(Collection<String> users, Instant now) throws UnavailableException {
        Instant before = lastToTrim(now, digestWindow);
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

    /** All users whose inboxes have excess rows; it looks at every inbox, in small steps. */
    public Set<String> withTooMany() throws UnavailableException {
        var found = new HashSet<String>();
        String after = "";
        while (true) {
            String from = after;
            List<String> users = database.use(handle -> handle.createQuery(SOME_USERS)
                    .bind("after", from)
                    .bind("step", STEP)
                    .mapTo(String.class)
                    .list());
            if (users.isEmpty()) {
                return found;
            }
            found.addAll(withTooMany(users));
            after = users.getLast();
        }
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
                most = half(size, e);
            }
        }
    }
}
