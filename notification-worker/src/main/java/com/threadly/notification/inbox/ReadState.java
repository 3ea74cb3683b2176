package com.threadly.notification.inbox;

import com.threadly.database.Database;
import com.threadly.events.NotificationState;
import com.threadly.notification.rule.InboxCounts;
import com.threadly.notification.rule.Notification;
import com.threadly.notification.rule.ReadMark;
import com.threadly.notification.rule.RowStates;
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
 * What users have read, seen, archived and deleted. A row is in such a state when the revision that was marked is not below
 * its own; it is read, too, by a mark from before revisions, which counts by time. Marks and rows may come in any order: a
 * mark without its row waits for it. The writer of either commits it first and only then looks for the other, so at least
 * one finds both.
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
     * Locks the rows of {@code given}, and finds digests whose texts tell of other messages afterwards: they tell of those
     * beyond what was read or deleted, of all if that is none or all. A position is a round and the revision in it.
     */
    private static final String MARK =
            """
            known AS (
                SELECT n.id, marks.*,
                    n.type = 'message'
                        AND least(greatest(n.read_revision, n.deleted_revision), n.revision) % n.revision
                            <> least(greatest(marks.read_revision, marks.deleted_revision), n.revision) % n.revision
                    AS retold
                FROM notification AS n JOIN given ON given.id = n.id AND given.user_id = n.user_id
                CROSS JOIN LATERAL (SELECT
                    (greatest({read of n}, given.read) >> 32)::integer AS read_round,
                    (greatest({read of n}, given.read) & 4294967295)::integer AS read_revision,
                    greatest(n.seen_revision, given.seen_revision) AS seen_revision,
                    (greatest({archived of n}, given.archived) >> 32)::integer AS archived_round,
                    (greatest({archived of n}, given.archived) & 4294967295)::integer AS archived_revision,
                    greatest(n.deleted_revision, given.deleted_revision) AS deleted_revision,
                    greatest(n.read_at, given.read_at) AS read_at,
                    greatest(n.marked_at, given.marked_at) AS marked_at) AS marks
                ORDER BY n.id FOR NO KEY UPDATE OF n
            ), marked AS (
                UPDATE notification AS n SET read_round = known.read_round, read_revision = known.read_revision,
                    seen_revision = known.seen_revision, archived_round = known.archived_round,
                    archived_revision = known.archived_revision, deleted_revision = known.deleted_revision,
                    read_at = known.read_at, marked_at = known.marked_at
                FROM known WHERE n.id = known.id
                    AND (n.read_round, n.read_revision, n.seen_revision, n.archived_round, n.archived_revision,
                        n.deleted_revision, n.read_at, n.marked_at)
                    IS DISTINCT FROM
                        (known.read_round, known.read_revision, known.seen_revision, known.archived_round,
                        known.archived_revision, known.deleted_revision, known.read_at, known.marked_at)
            )
            """.replace("{read of n}", position("n.read")).replace("{archived of n}", position("n.archived"));

    /**
     * Returns early marks, including existing ones, which may never have been settled, and digests to be retold.
     */
    private static final String SINGLE =
            """
            WITH given AS (
                SELECT id, user_id, {highest of READ} AS read, ({highest of SEEN})::integer AS seen_revision,
                    {highest of ARCHIVED} AS archived, ({highest of DELETED})::integer AS deleted_revision,
                    max(at) FILTER (WHERE state = 'READ' AND position = 0) AS read_at,
                    max(at) FILTER (WHERE state = 'READ' AND (position = 0 OR position & 4294967295 > 0)) AS marked_at
                FROM unnest(:ids, :users, :states, :positions, :times) AS given (id, user_id, state, position, at)
                GROUP BY id, user_id
            ),
            """.replaceAll("\\{highest of (\\w+)}", "coalesce(max(position) FILTER (WHERE state = '$1'), 0)")
                    + MARK
                    + """
            , early AS (
                INSERT INTO early_read AS early (notification_id, user_id, read_round, read_revision, seen_revision,
                    archived_round, archived_revision, deleted_revision, read_at, marked_at)
                SELECT id, user_id, (read >> 32)::integer, (read & 4294967295)::integer, seen_revision,
                    (archived >> 32)::integer, (archived & 4294967295)::integer, deleted_revision, read_at, marked_at
                FROM given WHERE NOT EXISTS (SELECT FROM known WHERE known.id = given.id)
                ORDER BY id, user_id
                ON CONFLICT (notification_id, user_id) DO UPDATE SET
                    read_round = (greatest({early}, {excluded}) >> 32)::integer,
                    read_revision = (greatest({early}, {excluded}) & 4294967295)::integer,
                    seen_revision = greatest(early.seen_revision, excluded.seen_revision),
                    archived_round = (greatest({early archived}, {excluded archived}) >> 32)::integer,
                    archived_revision = (greatest({early archived}, {excluded archived}) & 4294967295)::integer,
                    deleted_revision = greatest(early.deleted_revision, excluded.deleted_revision),
                    read_at = greatest(early.read_at, excluded.read_at),
                    marked_at = greatest(early.marked_at, excluded.marked_at)
                RETURNING notification_id
            )
            SELECT notification_id AS id, true AS early FROM early
            UNION ALL SELECT id, false FROM known WHERE retold
            """.replace("{early}", position("early.read"))
                            .replace("{excluded}", position("excluded.read"))
                            .replace("{early archived}", position("early.archived"))
                            .replace("{excluded archived}", position("excluded.archived"));

    private static final String SETTLE =
            """
            WITH given AS (
                DELETE FROM early_read AS e USING notification AS n
                WHERE e.notification_id = ANY(:ids) AND n.id = e.notification_id AND n.user_id = e.user_id
                RETURNING e.notification_id AS id, e.user_id, {read} AS read, e.seen_revision, {archived} AS archived,
                    e.deleted_revision, e.read_at, e.marked_at
            ),
            """.replace("{read}", position("e.read")).replace("{archived}", position("e.archived"))
                    + MARK
                    + "SELECT id FROM known WHERE retold";

    /** A mark from before revisions counts until the row is made unread. */
    private static final String MARKED = """
            SELECT * FROM (
                SELECT n.id, n.read_revision >= n.revision
                        OR n.read_round = 0 AND coalesce(greatest(n.read_at, inbox.read_up_to) >= n.last_event_at, false) AS read,
                    n.seen_revision >= n.revision AS seen, n.archived_revision >= n.revision AS archived,
                    n.deleted_revision >= n.revision AS deleted
                FROM notification AS n LEFT JOIN inbox ON inbox.user_id = n.user_id
                WHERE n.id = ANY(:ids)) AS marked
            WHERE read OR seen OR archived OR deleted
            """;

    /**
     * Two lookups in small indexes, instead of one per row just written. Returns ids of marked rows, and users who have
     * read everything up to some of theirs.
     */
    private static final String MARKED_BEFORE = """
            SELECT notification_id::text FROM early_read WHERE notification_id = ANY(:ids)
            UNION ALL
            SELECT user_id FROM inbox WHERE user_id = ANY(:users) AND read_up_to >= :oldest
            """;

    private static final String COUNTS = """
            SELECT given.user_id, count(n.id) AS unread, count(n.id) FILTER (WHERE n.seen_revision < n.revision) AS unseen
            FROM unnest(:users) AS given (user_id)
            LEFT JOIN inbox ON inbox.user_id = given.user_id
            LEFT JOIN notification AS n ON n.user_id = given.user_id AND n.read_revision < n.revision
                AND n.archived_revision < n.revision AND n.deleted_revision < n.revision
                AND n.expires_at > now()
                AND (n.read_round > 0 OR n.last_event_at > coalesce(inbox.read_up_to, '-infinity')
                    AND (n.read_at IS NULL OR n.read_at < n.last_event_at))
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
     * What marks that came before their rows make of these.
     *
     * @param states of rows that are marked
     * @param retold digests that tell of fewer messages now
     */
    public record Settled(Map<UUID, RowStates> states, Map<UUID, Notification> retold) {}

    /** How the rows {@code ids}, just written, are already marked; nothing of others. */
    public Map<UUID, RowStates> among(Collection<UUID> ids) throws UnavailableException {
        return settled(ids).states();
    }

    private Settled settled(Collection<UUID> ids) throws UnavailableException {
        var states = new HashMap<UUID, RowStates>();
        var retold = new HashMap<UUID, Notification>();
        Portions.each(List.copyOf(ids), some -> {
            retold.putAll(database.inTransaction(handle -> settle(handle, some)));
            states.putAll(database.use(handle -> states(handle, some)));
        });
        return new Settled(states, retold);
    }

    /** How the rows, just written, are already marked, and which tell of fewer messages. */
    public Settled amongStored(Collection<StoredNotification> rows) throws UnavailableException {
        Map<Boolean, List<Notification>> byFresh = rows.stream()
                .collect(Collectors.partitioningBy(
                        StoredNotification::fresh,
                        Collectors.mapping(StoredNotification::notification, Collectors.toList())));
        List<Notification> fresh = byFresh.getOrDefault(true, List.of());
        List<Notification> known = byFresh.getOrDefault(false, List.of());
        return settled(Stream.concat(mayBeMarked(fresh), known.stream().map(Notification::id))
                .toList());
    }

    /** New rows that may have been marked before they came; nearly always none. */
    private Stream<UUID> mayBeMarked(List<Notification> fresh) throws UnavailableException {
        var marked = new HashSet<String>();
        Portions.each(
                fresh,
                some -> marked.addAll(database.use(handle -> handle.createQuery(MARKED_BEFORE)
                        .bind("ids", BinaryArrays.uuids(some, Notification::id))
                        .bind("users", BinaryArrays.texts(some, Notification::userId))
                        .bind("oldest", Collections.min(some, OLDEST_FIRST).lastEventAt())
                        .mapTo(String.class)
                        .list())));
        return marked.isEmpty()
                ? Stream.empty()
                : fresh.stream()
                        .filter(row -> marked.contains(row.userId())
                                || marked.contains(row.id().toString()))
                        .map(Notification::id);
    }

    /** Stores the marks; returns each user's counts. */
    public Map<String, InboxCounts> note(List<ReadMark> marks) throws UnavailableException {
        var counts = new HashMap<String, InboxCounts>();
        Portions.each(marks, some -> {
            Set<UUID> early = database.inTransaction(handle -> write(handle, some));
            if (!early.isEmpty()) {
                var _ = database.inTransaction(handle -> settle(handle, early));
            }
            counts.putAll(database.use(handle -> counts(
                    handle, some.stream().map(ReadMark::userId).distinct().toList())));
        });
        return counts;
    }

    /** Call it in a transaction. Returns the ids of notifications that do not exist yet. */
    Set<UUID> write(Handle handle, List<ReadMark> marks) {
        List<ReadMark> all =
                marks.stream().filter(mark -> mark.upTo().isPresent()).toList();
        if (!all.isEmpty()) {
            handle.createUpdate(ALL_UP_TO)
                    .bind("users", BinaryArrays.texts(all, ReadMark::userId))
                    .bind("times", BinaryArrays.times(all, mark -> mark.upTo().orElseThrow()))
                    .execute();
        }
        List<Single> singles = marks.stream().flatMap(Single::of).toList();
        if (singles.isEmpty()) {
            return Set.of();
        }
        Map<Boolean, Set<UUID>> byEarly = handle
                .createQuery(SINGLE)
                .bind("ids", BinaryArrays.uuids(singles, Single::id))
                .bind(
                        "users",
                        BinaryArrays.texts(singles, single -> single.mark().userId()))
                .bind(
                        "states",
                        BinaryArrays.texts(singles, single -> single.state().name()))
                .bind("positions", BinaryArrays.longs(singles, Single::position))
                .bind(
                        "times",
                        BinaryArrays.times(singles, single -> single.mark().readAt()))
                .map((row, context) -> Map.entry(row.getBoolean("early"), row.getObject("id", UUID.class)))
                .stream()
                .collect(Collectors.partitioningBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toSet())));
        var _ = digests.retell(handle, byEarly.getOrDefault(false, Set.of()));
        return byEarly.getOrDefault(true, Set.of());
    }

    /** @param position a revision of the first round; 0 in a mark from before revisions */
    private record Single(UUID id, NotificationState state, long position, ReadMark mark) {

        static Stream<Single> of(ReadMark mark) {
            return Stream.concat(
                    mark.notifications().stream()
                            .map(shown -> new Single(shown.id(), NotificationState.READ, shown.revision(), mark)),
                    mark.marked().stream().map(one -> new Single(one.id(), one.state(), one.position(), mark)));
        }
    }

    /** Applies early marks to their rows among {@code ids}, in a transaction; returns digests with another text. */
    Map<UUID, Notification> settle(Handle handle, Collection<UUID> ids) {
        return digests.retell(
                handle,
                handle.createQuery(SETTLE).bindArray("ids", UUID.class, ids).mapTo(UUID.class).stream()
                        .collect(Collectors.toSet()));
    }

    private static Map<UUID, RowStates> states(Handle handle, Collection<UUID> ids) {
        return handle
                .createQuery(MARKED)
                .bindArray("ids", UUID.class, ids)
                .map((row, context) -> Map.entry(
                        row.getObject("id", UUID.class),
                        new RowStates(
                                row.getBoolean("read"),
                                row.getBoolean("seen"),
                                row.getBoolean("archived"),
                                row.getBoolean("deleted"))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Map<String, InboxCounts> counts(Handle handle, List<String> users) {
        return handle
                .createQuery(COUNTS)
                .bindArray("users", String.class, users)
                .map((row, context) -> Map.entry(
                        row.getString("user_id"), new InboxCounts(row.getInt("unread"), row.getInt("unseen"))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The round and the revision of the state {@code name}: marks replace each other in this order. */
    private static String position(String name) {
        return "(%1$s_round::bigint << 32 | %1$s_revision)".formatted(name);
    }
}
