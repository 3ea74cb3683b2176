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
 * What users have read. Reads and rows may come in any order: a read without its row waits for it. The writer of either
 * commits it first and only then looks for the other, so at least one finds both.
 */
public final class ReadState {

    private static final String ALL_UP_TO = """
            INSERT INTO inbox AS known (user_id, read_up_to)
            SELECT user_id, max(read_up_to) FROM unnest(:users, :times) AS given (user_id, read_up_to)
            GROUP BY user_id ORDER BY user_id
            ON CONFLICT (user_id) DO UPDATE SET read_up_to = excluded.read_up_to
            WHERE known.read_up_to < excluded.read_up_to
            """;

    /**
     * Returns the ids of early reads, including existing ones, which may never have been settled.
     */
    private static final String SINGLE = """
            WITH given AS (
                SELECT id, user_id, max(read_at) AS read_at
                FROM unnest(:ids, :users, :times) AS given (id, user_id, read_at)
                GROUP BY id, user_id
            ), known AS (
                SELECT n.id, given.read_at FROM notification AS n
                JOIN given ON given.id = n.id AND given.user_id = n.user_id
                ORDER BY n.id FOR NO KEY UPDATE OF n
            ), marked AS (
                UPDATE notification AS n SET read_at = known.read_at FROM known
                WHERE n.id = known.id AND (n.read_at IS NULL OR n.read_at < known.read_at)
            )
            INSERT INTO early_read AS early (notification_id, user_id, read_at)
            SELECT id, user_id, read_at FROM given
            WHERE NOT EXISTS (SELECT FROM known WHERE known.id = given.id)
            ORDER BY id, user_id
            ON CONFLICT (notification_id, user_id) DO UPDATE SET read_at = excluded.read_at
            WHERE early.read_at <= excluded.read_at
            RETURNING notification_id
            """;

    private static final String SETTLE_AND_ASK = """
            WITH early AS (
                DELETE FROM early_read AS e USING notification AS n
                WHERE e.notification_id = ANY(:ids) AND n.id = e.notification_id AND n.user_id = e.user_id
                RETURNING e.notification_id AS id, e.read_at
            ), settled AS (
                UPDATE notification AS n SET read_at = greatest(n.read_at, early.read_at)
                FROM early WHERE n.id = early.id
            )
            SELECT n.id FROM notification AS n
            LEFT JOIN inbox ON inbox.user_id = n.user_id LEFT JOIN early ON early.id = n.id
            WHERE n.id = ANY(:ids) AND greatest(n.read_at, early.read_at, inbox.read_up_to) >= n.last_event_at
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
            LEFT JOIN notification AS n ON n.user_id = given.user_id
                AND n.last_event_at > coalesce(inbox.read_up_to, '-infinity')
                AND (n.read_at IS NULL OR n.read_at < n.last_event_at)
            GROUP BY given.user_id
            """;

    private static final Comparator<Notification> OLDEST_FIRST = Comparator.comparing(Notification::lastEventAt);

    private final Database database;

    public ReadState(Database database) {
        this.database = database;
    }

    /** Which of the rows {@code ids}, just written, are already read. */
    public Set<UUID> among(Collection<UUID> ids) throws UnavailableException {
        var read = new HashSet<UUID>();
        Portions.each(List.copyOf(ids), some -> read.addAll(database.use(handle -> settled(handle, some))));
        return read;
    }

    /** Which of the rows, just written, are already read. */
    public Set<UUID> amongStored(Collection<StoredNotification> rows) throws UnavailableException {
        Map<Boolean, List<Notification>> byFresh = rows.stream()
                .collect(Collectors.partitioningBy(
                        StoredNotification::fresh,
                        Collectors.mapping(StoredNotification::notification, Collectors.toList())));
        List<Notification> fresh = byFresh.getOrDefault(true, List.of());
        List<Notification> known = byFresh.getOrDefault(false, List.of());
        return among(Stream.concat(mayBeRead(fresh), known.stream().map(Notification::id))
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
        Portions.each(
                reads,
                some -> unread.putAll(database.use(handle -> {
                    Set<UUID> early = write(handle, some);
                    if (!early.isEmpty()) {
                        settled(handle, early);
                    }
                    return unread(
                            handle,
                            some.stream().map(ReadMark::userId).distinct().toList());
                })));
        return unread;
    }

    /** Returns the ids of notifications that do not exist yet. */
    static Set<UUID> write(Handle handle, List<ReadMark> reads) {
        List<ReadMark> all =
                reads.stream().filter(read -> read.upTo().isPresent()).toList();
        if (!all.isEmpty()) {
            handle.createUpdate(ALL_UP_TO)
                    .bind("users", BinaryArrays.texts(all, ReadMark::userId))
                    .bind("times", BinaryArrays.times(all, read -> read.upTo().orElseThrow()))
                    .execute();
        }
        List<Single> singles = reads.stream()
                .flatMap(read -> read.notificationIds().stream().map(id -> new Single(id, read)))
                .toList();
        return singles.isEmpty()
                ? Set.of()
                : new HashSet<>(handle.createQuery(SINGLE)
                        .bind("ids", BinaryArrays.uuids(singles, Single::id))
                        .bind(
                                "users",
                                BinaryArrays.texts(
                                        singles, single -> single.read().userId()))
                        .bind(
                                "times",
                                BinaryArrays.times(
                                        singles, single -> single.read().readAt()))
                        .mapTo(UUID.class)
                        .list());
    }

    private record Single(UUID id, ReadMark read) {}

    private static Set<UUID> settled(Handle handle, Collection<UUID> ids) {
        return handle.createQuery(SETTLE_AND_ASK).bindArray("ids", UUID.class, ids).mapTo(UUID.class).stream()
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
