package com.threadly.notification.inbox;

import com.threadly.database.Database;
import com.threadly.database.ErasureReport;
import com.threadly.database.ErasureReport.Removed;
import com.threadly.database.TimedOutException;
import com.threadly.notification.inbox.RebuildStore.Found;
import com.threadly.notification.rule.DigestEntry;
import com.threadly.notification.rule.Erasure;
import com.threadly.notification.rule.Notification;
import com.threadly.runtime.retry.UnavailableException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Users of whom nothing is kept, and what was removed of each. A worker commits rows first and only then looks for
 * erased users; an erasure is committed first and only then removes rows. So at least one finds what the other did, in
 * whatever order events come.
 */
public final class ErasedUsers {

    private static final Logger log = LoggerFactory.getLogger(ErasedUsers.class);

    private static final int STEP = 1_000;

    private static final String NOTE = """
            INSERT INTO erased_user AS known (user_id, erased_at)
            SELECT user_id, min(erased_at) FROM unnest(:users, :times) AS given (user_id, erased_at)
            GROUP BY user_id ORDER BY user_id
            ON CONFLICT (user_id) DO UPDATE SET erased_at = excluded.erased_at WHERE excluded.erased_at < known.erased_at
            """;

    private static final String AMONG = "SELECT user_id FROM erased_user WHERE user_id = ANY(:users)";

    private static final String WITH_ROWS = """
            SELECT user_id FROM unnest(:users) AS given (user_id)
            WHERE EXISTS (SELECT FROM notification AS n WHERE n.user_id = given.user_id)
                OR EXISTS (SELECT FROM early_read AS e WHERE e.user_id = given.user_id)
                OR EXISTS (SELECT FROM inbox AS i WHERE i.user_id = given.user_id)
                OR EXISTS (SELECT FROM user_presence AS p WHERE p.user_id = given.user_id)
            """;

    /** In the order of ids like every other write, to avoid deadlocks. */
    private static final String LOCK = """
            SELECT id FROM notification WHERE id IN (SELECT id FROM notification WHERE user_id = :user LIMIT :step)
            ORDER BY id FOR UPDATE
            """;

    /** A statement after the lock: it sees messages that a writer of the digest has committed before. */
    private static final String REMOVE = """
            WITH messages AS (
                DELETE FROM digest_message WHERE notification_id = ANY(:ids) RETURNING 1
            ), notifications AS (
                DELETE FROM notification WHERE id = ANY(:ids) RETURNING 1
            ), early AS (
                DELETE FROM early_read WHERE (notification_id, user_id) IN (
                    SELECT notification_id, user_id FROM early_read WHERE user_id = :user LIMIT :step) RETURNING 1
            ), all_read AS (
                DELETE FROM inbox WHERE user_id = :user RETURNING 1
            ), presence AS (
                DELETE FROM user_presence WHERE user_id = :user RETURNING 1
            )
            SELECT (SELECT count(*) FROM notifications) AS notifications, (SELECT count(*) FROM messages) AS messages,
                (SELECT count(*) FROM early) + (SELECT count(*) FROM all_read) AS marks,
                (SELECT count(*) FROM presence) AS statuses, 0 AS words
            """;

    private static final String ADD_UP = """
            UPDATE erased_user SET notifications = notifications + :notifications, messages = messages + :messages,
                marks = marks + :marks, statuses = statuses + :statuses, words = words + :words
            WHERE user_id = :user
            """;

    /** Reads all messages: an index by sender would cost every message, and erasures are rare. */
    private static final String WITH_WORDS = """
            SELECT DISTINCT notification_id FROM digest_message
            WHERE sender_id = ANY(:users) AND (sender_name, preview) <> ('', '')
            """;

    private static final String REPORT = """
            SELECT erased_at, notifications, messages, marks, statuses, words,
                (SELECT count(*) FROM notification WHERE user_id = :user)
                    + (SELECT count(*) FROM early_read WHERE user_id = :user)
                    + (SELECT count(*) FROM inbox WHERE user_id = :user)
                    + (SELECT count(*) FROM user_presence WHERE user_id = :user)
                    + (SELECT count(*) FROM digest_message
                        WHERE sender_id = :user AND (sender_name, preview) <> ('', '')) AS remaining
            FROM erased_user WHERE user_id = :user
            """;

    /**
     * Rows of one user that were removed.
     *
     * @param messages of digests
     * @param marks of what was read, not yet in a notification
     * @param statuses online or not
     * @param words messages in digests of others that have lost the user's name and words
     */
    private record Rows(long notifications, long messages, long marks, long statuses, long words) {

        private static final Rows NONE = new Rows(0, 0, 0, 0, 0);

        private List<Removed> inWords() {
            return List.of(
                    new Removed("notifications", notifications),
                    new Removed("messages of digests", messages),
                    new Removed("marks", marks),
                    new Removed("statuses", statuses),
                    new Removed("names and words in digests of others", words));
        }

        private static Rows ofWords(long words) {
            return new Rows(0, 0, 0, 0, words);
        }

        private Rows plus(Rows more) {
            return new Rows(
                    notifications + more.notifications,
                    messages + more.messages,
                    marks + more.marks,
                    statuses + more.statuses,
                    words + more.words);
        }
    }

    /**
     * What a worker's rows are once erasures have been obeyed.
     *
     * @param users of whom there is none any more
     * @param retold digests of others that tell of a sender without name and words
     */
    public record Obeyed(Set<String> users, Map<UUID, Notification> retold) {}

    /** Some 10 MB. Of others, a process finds out after it has written rows of them. */
    private static final int MOST_KNOWN = 100_000;

    private final Database database;
    private final DigestStore digests;
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final Counter notifications;
    private final Counter messages;
    private final Counter marks;
    private final Counter statuses;
    private final Counter words;

    public ErasedUsers(Database database, DigestStore digests, MeterRegistry metrics) {
        this.database = database;
        this.digests = digests;
        this.notifications = removed("notification", metrics);
        this.messages = removed("message", metrics);
        this.marks = removed("mark", metrics);
        this.statuses = removed("status", metrics);
        this.words = removed("words", metrics);
    }

    private static Counter removed(String row, MeterRegistry metrics) {
        return Counter.builder("threadly.inbox.erased")
                .description("Rows removed because their user was erased")
                .tag("row", row)
                .register(metrics);
    }

    /** From now on, nothing of these users is kept; removes what there is. */
    public void erase(List<Erasure> erasures) throws UnavailableException {
        if (erasures.isEmpty()) {
            return;
        }
        var _ = database.inTransaction(handle -> note(handle, erasures));
        Map<String, UUID> events =
                erasures.stream().collect(Collectors.toMap(Erasure::userId, Erasure::eventId, (_, later) -> later));
        remember(events.keySet());
        Map<String, Rows> removed = new HashMap<>();
        for (String user : withRows(events.keySet())) {
            removed.merge(user, remove(user), Rows::plus);
        }
        forgetWords(events.keySet()).forEach((user, rows) -> removed.merge(user, rows, Rows::plus));
        // By the event's id: a log is no place for whom it was.
        removed.forEach((user, rows) -> log.atInfo()
                .addKeyValue("erasure", events.get(user))
                .addKeyValue("notifications", rows.notifications())
                .addKeyValue("messages", rows.messages())
                .addKeyValue("marks", rows.marks())
                .addKeyValue("statuses", rows.statuses())
                .addKeyValue("words", rows.words())
                .log("erased a user's inbox"));
    }

    /** Waits for the transactions of a rebuild, see {@link #without}. */
    private static int note(Handle handle, List<Erasure> erasures) {
        handle.execute("LOCK TABLE erased_user IN EXCLUSIVE MODE");
        return handle.createUpdate(NOTE)
                .bind("users", BinaryArrays.texts(erasures, Erasure::userId))
                .bind("times", BinaryArrays.times(erasures, Erasure::at))
                .execute();
    }

    /** Those of {@code users} of whom this process knows already that they are erased: write no rows of them. */
    public Set<String> known(Set<String> users) {
        return known.isEmpty()
                ? Set.of()
                : users.stream().filter(known::contains).collect(Collectors.toSet());
    }

    /**
     * Call it after rows of {@code users} were written, and {@code entries} of digests; removes those of erased users,
     * and their names and words from the digests of others.
     */
    public Obeyed obey(Set<String> users, List<DigestEntry> entries) throws UnavailableException {
        Set<String> erased = new HashSet<>();
        Portions.each(List.copyOf(users), some -> erased.addAll(database.use(handle -> among(handle, some))));
        if (erased.isEmpty()) {
            return new Obeyed(Set.of(), Map.of());
        }
        remember(erased);
        for (String user : withRows(erased)) {
            var _ = remove(user);
        }
        Map<UUID, Notification> retold = new HashMap<>();
        List<UUID> quoting = entries.stream()
                .filter(entry -> erased.contains(entry.senderId()) && !erased.contains(entry.userId()))
                .map(DigestEntry::notificationId)
                .distinct()
                .toList();
        Portions.each(quoting, some -> retold.putAll(forgetWords(some, erased).retold()));
        return new Obeyed(erased, retold);
    }

    /** What the erasure of {@code user} has removed so far; empty when there was none. */
    public static Optional<ErasureReport> report(Database database, String user) throws UnavailableException {
        return database.inLongTransaction(handle -> handle.createQuery(REPORT)
                .bind("user", user)
                .map((row, _) -> new ErasureReport(
                        Timestamps.get(row, "erased_at"), rows(row).inWords(), row.getLong("remaining")))
                .findOne());
    }

    /**
     * {@code found} without what is erased. Call it in the transaction that writes {@code found}: until that ends, no
     * user is erased.
     */
    static Found without(Handle handle, Found found) {
        Set<String> users = found.users();
        if (users.isEmpty()) {
            return found;
        }
        handle.execute("LOCK TABLE erased_user IN ROW SHARE MODE");
        return found.without(among(handle, users));
    }

    private void remember(Set<String> erased) {
        if (known.size() > MOST_KNOWN) {
            known.clear();
        }
        known.addAll(erased);
    }

    private static Set<String> among(Handle handle, Collection<String> users) {
        return handle.createQuery(AMONG)
                .bind("users", BinaryArrays.texts(List.copyOf(users), user -> user))
                .mapTo(String.class)
                .set();
    }

    private List<String> withRows(Set<String> users) throws UnavailableException {
        Set<String> found = new HashSet<>();
        Portions.each(
                List.copyOf(users),
                some -> found.addAll(database.use(handle -> handle.createQuery(WITH_ROWS)
                        .bind("users", BinaryArrays.texts(some, user -> user))
                        .mapTo(String.class)
                        .list())));
        return List.copyOf(found);
    }

    /** In steps; one that times out, as with digests of many messages, is halved. */
    private Rows remove(String user) throws UnavailableException {
        Rows all = Rows.NONE;
        int most = STEP;
        while (true) {
            int step = most;
            try {
                Rows some = database.inTransaction(handle -> removeSome(handle, user, step));
                count(some);
                all = all.plus(some);
                // Fewer than a step are not always the last: others remove rows, too.
                if (some.notifications() < step
                        && some.marks() < step
                        && withRows(Set.of(user)).isEmpty()) {
                    return all;
                }
            } catch (TimedOutException e) {
                if (step == 1) {
                    throw e;
                }
                most = step / 2;
            }
        }
    }

    private static Rows removeSome(Handle handle, String user, int step) {
        List<UUID> ids = handle.createQuery(LOCK)
                .bind("user", user)
                .bind("step", step)
                .mapTo(UUID.class)
                .list();
        Rows removed = handle.createQuery(REMOVE)
                .bindArray("ids", UUID.class, ids)
                .bind("user", user)
                .bind("step", step)
                .map((row, _) -> rows(row))
                .one();
        addUp(handle, user, removed);
        return removed;
    }

    private Map<String, Rows> forgetWords(Set<String> users) throws UnavailableException {
        List<UUID> quoting = database.inLongTransaction(handle -> handle.createQuery(WITH_WORDS)
                .bindArray("users", String.class, users)
                .mapTo(UUID.class)
                .list());
        Map<String, Rows> removed = new HashMap<>();
        Portions.each(
                quoting,
                some -> forgetWords(some, users)
                        .messages()
                        .forEach((user, messages) -> removed.merge(user, Rows.ofWords(messages), Rows::plus)));
        return removed;
    }

    private DigestStore.Forgotten forgetWords(List<UUID> quoting, Set<String> users) throws UnavailableException {
        DigestStore.Forgotten forgotten = database.inTransaction(handle -> {
            DigestStore.Forgotten some = digests.forgetWords(handle, quoting, users);
            some.messages().forEach((user, messages) -> addUp(handle, user, Rows.ofWords(messages)));
            return some;
        });
        forgotten.messages().values().forEach(some -> count(Rows.ofWords(some)));
        return forgotten;
    }

    private static void addUp(Handle handle, String user, Rows removed) {
        if (!removed.equals(Rows.NONE)) {
            handle.createUpdate(ADD_UP)
                    .bind("user", user)
                    .bind("notifications", removed.notifications())
                    .bind("messages", removed.messages())
                    .bind("marks", removed.marks())
                    .bind("statuses", removed.statuses())
                    .bind("words", removed.words())
                    .execute();
        }
    }

    private void count(Rows removed) {
        notifications.increment((double) removed.notifications());
        messages.increment((double) removed.messages());
        marks.increment((double) removed.marks());
        statuses.increment((double) removed.statuses());
        words.increment((double) removed.words());
    }

    private static Rows rows(ResultSet row) throws SQLException {
        return new Rows(
                row.getLong("notifications"),
                row.getLong("messages"),
                row.getLong("marks"),
                row.getLong("statuses"),
                row.getLong("words"));
    }
}
