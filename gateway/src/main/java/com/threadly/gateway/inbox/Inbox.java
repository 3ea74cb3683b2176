package com.threadly.gateway.inbox;

import com.threadly.database.Database;
import com.threadly.events.NotificationState;
import com.threadly.runtime.retry.UnavailableException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Reads the inbox that the notification worker writes, by table name, because a rebuild swaps the tables. A row is in a
 * state when its own mark, an early one, or one that is not stored yet is of its revision; it is read, too, when a mark
 * from before revisions is not before its latest event, until it is made unread. Nobody sees a deleted one.
 */
public final class Inbox implements MarkRoutes.Known {

    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    /** Includes marks not yet stored in the rows. A position is a round and the revision in it. */
    private static final String ROWS = """
            FROM notification AS n
            LEFT JOIN early_read AS early ON early.notification_id = n.id AND early.user_id = n.user_id
            LEFT JOIN unnest(:ids, :read, :seen, :archived, :deleted) AS marked (id, read, seen, archived, deleted)
                ON marked.id = n.id
            CROSS JOIN LATERAL (SELECT
                greatest(n.read_round::bigint << 32 | n.read_revision,
                    early.read_round::bigint << 32 | early.read_revision, marked.read) AS read,
                greatest(n.archived_round::bigint << 32 | n.archived_revision,
                    early.archived_round::bigint << 32 | early.archived_revision, marked.archived) AS archived,
                greatest(n.seen_revision, early.seen_revision, marked.seen) AS seen,
                greatest(n.deleted_revision, early.deleted_revision, marked.deleted) AS deleted,
                greatest(n.read_at, early.read_at) AS read_at) AS upto
            CROSS JOIN LATERAL (SELECT
                (upto.read & 4294967295) >= n.revision
                    OR upto.read < 4294967296 AND coalesce(greatest(upto.read_at,
                        (SELECT read_up_to FROM inbox WHERE user_id = :user)) >= n.last_event_at, false) AS read,
                upto.seen >= n.revision AS seen,
                (upto.archived & 4294967295) >= n.revision AS archived) AS own
            WHERE n.user_id = :user AND n.expires_at > now() AND upto.deleted < n.revision
            """;

    private static final String COUNT = "SELECT count(*) AS unread, count(*) FILTER (WHERE NOT own.seen) AS unseen "
            + ROWS + "AND NOT own.read AND NOT own.archived";

    private static final String LIST = """
            SELECT n.id, n.user_id, n.title, n.message, n.type, n.metadata, n.revision, n.created_at, n.last_event_at,
                nullif(n.expires_at, 'infinity') AS expires_at, own.read, own.seen, own.archived
            """ + ROWS;

    private static final String STORED = """
            SELECT n.id, n.revision, n.last_event_at, upto.read >> 32 AS read_round, upto.archived >> 32 AS archived_round
            """ + ROWS;

    private static final String NAMED = "AND n.id = ANY(:named)\n";

    private static final String UP_TO = "AND n.last_event_at <= CAST(:upTo AS timestamptz)\n";

    private static final String OF_TYPE = "AND n.type = :type\n";

    private static final String ABOUT = "AND n.metadata ->> CAST(:field AS text) = :object\n";

    private static final String AFTER = """
            AND n.last_event_at <= CAST(:afterTime AS timestamptz)
            AND (n.last_event_at < CAST(:afterTime AS timestamptz) OR n.id > :afterId)
            """;

    private static final String IN_ORDER = "ORDER BY n.last_event_at DESC, n.id LIMIT :limit";

    private static final Set<NotificationState> STATES = EnumSet.complementOf(EnumSet.of(NotificationState.UNKNOWN));

    private final Database database;

    public Inbox(Database database) {
        this.database = database;
    }

    /** Notifications of {@code userId}, the latest first, with {@code marks} in addition to stored ones. */
    List<NotificationView> list(String userId, NotificationQuery filter, Marks marks) throws UnavailableException {
        String sql = LIST
                + (filter.archived() ? "AND own.archived\n" : "AND NOT own.archived\n")
                + (filter.unread() ? "AND NOT own.read\n" : "")
                + (filter.unseen() ? "AND NOT own.read AND NOT own.seen\n" : "")
                + (filter.type().isPresent() ? OF_TYPE : "")
                + (filter.object().isPresent() ? ABOUT : "")
                + (filter.after().isPresent() ? AFTER : "")
                + IN_ORDER;
        return database.use(handle -> {
            Query query = bound(handle.createQuery(sql), userId, marks).bind("limit", filter.limit());
            filter.type().ifPresent(type -> query.bind("type", type));
            filter.object().ifPresent(object -> bind(query, object));
            filter.after().ifPresent(cursor -> bind(query, cursor.lastEventAt(), cursor.id()));
            return query.map(Inbox::view).list();
        });
    }

    @Override
    public List<MarkRoutes.Stored> among(String userId, Set<UUID> ids, Marks marks) throws UnavailableException {
        return database.use(handle -> bound(handle.createQuery(STORED + NAMED), userId, marks)
                .bindArray("named", UUID.class, ids)
                .map(Inbox::stored)
                .list());
    }

    @Override
    public List<MarkRoutes.Stored> affected(
            String userId,
            StateChange change,
            MarkRoutes.Selection selection,
            Marks marks,
            Optional<MarkRoutes.Stored> after,
            int limit)
            throws UnavailableException {
        String sql = STORED
                + affected(change)
                + (selection.upTo().isPresent() ? UP_TO : "")
                + (selection.object().isPresent() ? ABOUT : "")
                + (after.isPresent() ? AFTER : "")
                + IN_ORDER;
        return database.use(handle -> {
            Query query = bound(handle.createQuery(sql), userId, marks).bind("limit", limit);
            selection.upTo().ifPresent(time -> query.bind("upTo", time.toString()));
            selection.object().ifPresent(object -> bind(query, object));
            after.ifPresent(row -> bind(query, row.lastEventAt(), row.id()));
            return query.map(Inbox::stored).list();
        });
    }

    /** Those whose state it changes: of the archive only what it is about. */
    private static String affected(StateChange change) {
        return switch (change) {
            case READ -> "AND NOT own.archived AND NOT own.read\n";
            case UNREAD -> "AND NOT own.archived AND own.read\n";
            case SEEN -> "AND NOT own.archived AND NOT own.read AND NOT own.seen\n";
            case ARCHIVE, DELETE -> "AND NOT own.archived\n";
            case UNARCHIVE -> "AND own.archived\n";
        };
    }

    /** The counts of {@code userId}. */
    UnreadCounts counts(String userId, Marks marks) throws UnavailableException {
        return database.use(handle -> bound(handle.createQuery(COUNT), userId, marks)
                .map((row, context) -> new UnreadCounts(row.getInt("unread"), row.getInt("unseen")))
                .one());
    }

    private static Query bound(Query query, String userId, Marks marks) {
        List<UUID> ids = List.copyOf(marks.positions().keySet());
        query.bind("user", userId).bindArray("ids", UUID.class, ids);
        for (NotificationState state : STATES) {
            query.bindArray(
                    state.name().toLowerCase(Locale.ROOT),
                    Long.class,
                    ids.stream().map(id -> marks.of(id, state).number()).toList());
        }
        return query;
    }

    private static void bind(Query query, ObjectReference object) {
        query.bind("field", object.field()).bind("object", object.id());
    }

    private static void bind(Query query, Instant afterTime, UUID afterId) {
        query.bind("afterTime", afterTime.toString()).bind("afterId", afterId);
    }

    private static MarkRoutes.Stored stored(ResultSet row, StatementContext context) throws SQLException {
        return new MarkRoutes.Stored(
                row.getObject("id", UUID.class),
                row.getInt("revision"),
                instant(row, "last_event_at"),
                row.getInt("read_round"),
                row.getInt("archived_round"));
    }

    private static NotificationView view(ResultSet row, StatementContext context) throws SQLException {
        return new NotificationView(
                row.getObject("id", UUID.class),
                row.getString("user_id"),
                row.getString("title"),
                row.getString("message"),
                row.getString("type"),
                row.getString("metadata"),
                row.getInt("revision"),
                row.getBoolean("read"),
                row.getBoolean("seen") ? true : null,
                row.getBoolean("archived") ? true : null,
                MILLIS.format(instant(row, "created_at")),
                Optional.ofNullable(row.getObject("expires_at", OffsetDateTime.class))
                        .map(MILLIS::format)
                        .orElse(null),
                instant(row, "last_event_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
