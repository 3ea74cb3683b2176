package com.threadly.notification.inbox;

import com.threadly.database.Database;
import com.threadly.notification.rule.Notification;
import com.threadly.notification.rule.ReadMark;
import com.threadly.runtime.retry.UnavailableException;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * What users have read. A row is read when the revision that was read is not below its own, or by a mark from before
 * revisions, which counts by time. Reads and rows may come in any order: a read without its row waits for it. The
 * writer of either commits it first and only then looks for the other, so at least one finds both.
 */
public final class ReadState {

    private static final String ALL_UP_TO = """
            INSERT INTO inbox AS known (user_id, read_up_to)
            SELECT user_id, max(read_up_to) FROM unnest(:users, :times) AS given (user_id, read_up_to)
            GROUP BY user_id ORDER BY user_id
            ON CONFLICT (user_id) DO UPDATE SET read_up_to = excluded.read_up_to
            WHERE known.read_up_to < excluded.read_up_to
            """;

    /** Locks the rows of {@code given}, and finds digests whose texts tell of other messages afterwards. */
    private static final String MARK = """
            known AS (
                SELECT n.id, given.read_revision, given.read_at, given.marked_at,
                    n.type = 'message' AND n.read_revision < given.read_revision AND (
                        given.read_revision < n.revision OR n.read_revision > 0 AND n.read_revision < n.revision)
                    AS retold
                FROM notification AS n JOIN given ON given.id = n.id AND given.user_id = n.user_id
                ORDER BY n.id FOR NO KEY UPDATE OF n
            ), marked AS (
                UPDATE notification AS n SET read_revision = greatest(n.read_revision, known.read_revision),
                    read_at = greatest(n.read_at, known.read_at), marked_at = greatest(n.marked_at, known.marked_at)
                FROM known WHERE n.id = known.id
                    AND (n.read_revision < known.read_revision OR n.read_at < known.read_at
                        OR n.read_at IS NULL AND known.read_at IS NOT NULL
                        OR n.marked_at IS NULL OR n.marked_at < known.marked_at)
            )
            """;

    /**
     * Returns early reads, including existing ones, which may never have been settled, and digests to be retold.
     */
    private static final String SINGLE = """
            WITH given AS (
                SELECT id, user_id, max(revision) AS read_revision, max(at) FILTER (WHERE revision = 0) AS read_at,
                    max(at) AS marked_at
                FROM unnest(:ids, :users, :revisions, :times) AS given (id, user_id, revision, at)
                GROUP BY id, user_id
            ),
            """ + MARK + """
            , early AS (
                INSERT INTO early_read AS early (notification_id, user_id, read_revision, read_at, marked_at)
                SELECT id, user_id, read_revision, read_at, marked_at FROM given
                WHERE NOT EXISTS (SELECT FROM known WHERE known.id = given.id)
                ORDER BY id, user_id
                ON CONFLICT (notification_id, user_id) DO UPDATE SET
                    read_revision = greatest(early.read_revision, excluded.read_revision),
                    read_at = greatest(early.read_at, excluded.read_at),
                    marked_at = greatest(early.marked_at, excluded.marked_at)
                RETURNING notification_id
            )
            SELECT notification_id AS id, true AS early FROM early
            UNION ALL SELECT id, false FROM known WHERE retold
            """;

    private static final String SETTLE = """
            WITH given AS (
                DELETE FROM early_read AS e USING notification AS n
                WHERE e.notification_id = ANY(:ids) AND n.id = e.notification_id AND n.user_id = e.user_id
                RETURNING e.notification_id AS id, e.user_id, e.read_revision, e.read_at, e.marked_at
            ),
            """ + MARK + "SELECT id FROM known WHERE retold";

    private static final String READ = """
            SELECT n.id FROM notification AS n LEFT JOIN inbox ON inbox.user_id = n.user_id
            WHERE n.id = ANY(:ids)
                AND (n.read_revision >= n.revision OR greatest(n.read_at, inbox.read_up_to) >= n.last_event_at)
            """;

    /**
     * Two lookups in small indexes, instead of one per row just written. Returns ids of read rows, and users who have
     * read everything up to some of theirs.
     */
    private static final String READ_BEFORE = """
            SELECT notification_id::text FROM early_read WHERE notification_id = ANY(:ids)
            UNION ALL
            SELECT user_id FROM inbox WHERE user_id = ANY(:users) AND read_up_to >= :oldest
            """;

    private static final String UNREAD = """
            SELECT given.user_id, count(n.id) AS unread FROM unnest(:users) AS given (user_id)
            LEFT JOIN inbox ON inbox.user_id = given.user_id
            LEFT JOIN notification AS n ON n.user_id = given.user_id AND n.read_revision < n.revision
                AND n.expires_at > now()
                AND n.last_event_at > coalesce(inbox.read_up_to, '-infinity')
                AND (n.read_at IS NULL OR n.read_at < n.last_event_at)
            GROUP BY given.user_id
            """;

    private static final Comparator<Notification> OLDEST_FIRST = Comparator.comparing(Notification::lastEventAt);

    private final Database database;
    private final DigestStore digests;

    public ReadState(Database database, DigestStore digests) {
        this.database = database;
        this.digests = digests;
    }

    /**
     * What reads that came before their rows make of these.
     *
     * @param read the ids of rows that are read
     * @param retold digests that tell of fewer messages now
     */
    public record Settled(Set<UUID> read, Map<UUID, Notification> retold) {}

    /** Which of the rows {@code ids}, just written, are already read. */
    public Set<UUID> among(Collection<UUID> ids) throws UnavailableException {
        return settled(ids).read();
    }

    private Settled settled(Collection<UUID> ids) throws UnavailableException {
        var read = new HashSet<UUID>();
        var retold = new HashMap<UUID, Notification>();
        Portions.each(List.copyOf(ids), some -> {
            retold.putAll(database.inTransaction(handle -> settle(handle, some)));
            read.addAll(database.use(handle -> read(handle, some)));
        });
        return new Settled(read, retold);
    }

    /** Which of the rows, just written, are already read, and which tell of fewer messages. */
    public Settled amongStored(Collection<StoredNotification> rows) throws UnavailableException {
        Map<Boolean, List<Notification>> byFresh = rows.stream()
                .collect(Collectors.partitioningBy(
                        StoredNotification::fresh,
                        Collectors.mapping(StoredNotification::notification, Collectors.toList())));
        List<Notification> fresh = byFresh.getOrDefault(true, List.of());
        List<Notification> known = byFresh.getOrDefault(false, List.of());
        return settled(Stream.concat(mayBeRead(fresh), known.stream().map(Notification::id))
                .toList());
    }

    /** New rows that may have been read before they came; nearly always none. */
    private Stream<UUID> mayBeRead(List<Notification> fresh) throws UnavailableException {
        var read = new HashSet<String>();
        Portions.each(
                fresh,
                some -> read.addAll(database.use(handle -> handle.createQuery(READ_BEFORE)
                        .bind("ids", BinaryArrays.uuids(some, Notification::id))
                        .bind("users", BinaryArrays.texts(some, Notification::userId))
                        .bind("oldest", Collections.min(some, OLDEST_FIRST).lastEventAt())
                        .mapTo(String.class)
                        .list())));
        return read.isEmpty()
                ? Stream.empty()
                : fresh.stream()
                        .filter(row -> read.contains(row.userId())
                                || read.contains(row.id().toString()))
                        .map(Notification::id);
    }

    /** Stores the reads; returns each user's unread count. */
    public Map<String, Integer> note(List<ReadMark> reads) throws UnavailableException {
        var unread = new HashMap<String, Integer>();
        Portions.each(reads, some -> {
            Set<UUID> early = database.inTransaction(handle -> write(handle, some));
            if (!early.isEmpty()) {
                var _ = database.inTransaction(handle -> settle(handle, early));
            }
            unread.putAll(database.use(handle -> unread(
                    handle, some.stream().map(ReadMark::userId).distinct().toList())));
        });
        return unread;
    }

    /** Call it in a transaction. Returns the ids of notifications that do not exist yet. */
    Set<UUID> write(Handle handle, List<ReadMark> reads) {
        List<ReadMark> all =
                reads.stream().filter(read -> read.upTo().isPresent()).toList();
        if (!all.isEmpty()) {
            handle.createUpdate(ALL_UP_TO)
                    .bind("users", BinaryArrays.texts(all, ReadMark::userId))
                    .bind("times", BinaryArrays.times(all, read -> read.upTo().orElseThrow()))
                    .execute();
        }
        List<Single> singles = reads.stream()
                .flatMap(read -> read.notifications().stream().map(shown -> new Single(shown, read)))
                .toList();
        if (singles.isEmpty()) {
            return Set.of();
        }
        Map<Boolean, Set<UUID>> byEarly = handle
                .createQuery(SINGLE)
                .bind(
                        "ids",
                        BinaryArrays.uuids(singles, single -> single.shown().id()))
                .bind(
                        "users",
                        BinaryArrays.texts(singles, single -> single.read().userId()))
                .bind(
                        "revisions",
                        BinaryArrays.integers(singles, single -> single.shown().revision()))
                .bind(
                        "times",
                        BinaryArrays.times(singles, single -> single.read().readAt()))
                .map((row, context) -> Map.entry(row.getBoolean("early"), row.getObject("id", UUID.class)))
                .stream()
                .collect(Collectors.partitioningBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toSet())));
        var _ = digests.retell(handle, byEarly.getOrDefault(false, Set.of()));
        return byEarly.getOrDefault(true, Set.of());
    }

    private record Single(ReadMark.Shown shown, ReadMark read) {}

    /** Applies early reads to their rows among {@code ids}, in a transaction; returns digests with another text. */
    Map<UUID, Notification> settle(Handle handle, Collection<UUID> ids) {
        return digests.retell(
                handle,
                handle.createQuery(SETTLE).bindArray("ids", UUID.class, ids).mapTo(UUID.class).stream()
                        .collect(Collectors.toSet()));
    }

    private static Set<UUID> read(Handle handle, Collection<UUID> ids) {
        return handle.createQuery(READ).bindArray("ids", UUID.class, ids).mapTo(UUID.class).stream()
                .collect(Collectors.toSet());
    }

    private static Map<String, Integer> unread(Handle handle, List<String> users) {
        return handle
                .createQuery(UNREAD)
                .bindArray("users", String.class, users)
                .map((row, context) -> Map.entry(row.getString("user_id"), row.getInt("unread")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
