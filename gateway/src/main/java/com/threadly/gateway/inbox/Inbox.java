package com.threadly.gateway.inbox;

import com.threadly.database.Database;
import com.threadly.runtime.retry.UnavailableException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Reads the inbox that the notification worker writes, by table name, because a rebuild swaps the tables. A row is read
 * when its own mark, or an early one, is of its revision; or when a mark from before revisions is not before its latest
 * event.
 */
public final class Inbox implements MarkRoutes.Known {

    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    /** Includes marks not yet stored in the rows. */
    private static final String ROWS = """
            FROM notification AS n
            LEFT JOIN early_read AS early ON early.notification_id = n.id AND early.user_id = n.user_id
            LEFT JOIN unnest(:ids, :revisions) AS marked (id, revision) ON marked.id = n.id
            CROSS JOIN LATERAL (SELECT greatest(n.read_revision, early.read_revision, marked.revision) AS read_revision,
                greatest(n.read_at, early.read_at) AS read_at) AS own
            WHERE n.user_id = :user AND n.expires_at > now()
            """;

    /** One value per statement, so that the index finds where unread rows can begin. */
    private static final String ALL_READ_UP_TO = """
            coalesce((SELECT read_up_to FROM inbox WHERE user_id = :user), '-infinity')
            """;

    private static final String UNREAD = """
            AND own.read_revision < n.revision AND n.last_event_at > %s AND (own.read_at IS NULL OR own.read_at < n.last_event_at)
            """.formatted(ALL_READ_UP_TO);

    private static final String COUNT = "SELECT count(*) " + ROWS + UNREAD;

    private static final String LIST = """
            SELECT n.id, n.user_id, n.title, n.message, n.type, n.metadata, n.revision, n.created_at, n.last_event_at,
                nullif(n.expires_at, 'infinity') AS expires_at,
                own.read_revision >= n.revision OR greatest(own.read_at, %s) >= n.last_event_at AS read
            """.formatted(ALL_READ_UP_TO) + ROWS;

    private static final String REVISIONS =
            "SELECT id, revision FROM notification WHERE id = ANY(:ids) AND user_id = :user";

    private static final String UNREAD_ROWS = "SELECT n.id, n.revision, n.last_event_at " + ROWS + UNREAD;

    private static final String UP_TO = "AND n.last_event_at <= CAST(:upTo AS timestamptz)\n";

    private static final String OF_TYPE = "AND n.type = :type\n";

    private static final String AFTER = """
            AND n.last_event_at <= CAST(:afterTime AS timestamptz)
            AND (n.last_event_at < CAST(:afterTime AS timestamptz) OR n.id > :afterId)
            """;

    private static final String IN_ORDER = "ORDER BY n.last_event_at DESC, n.id LIMIT :limit";

    private final Database database;

    public Inbox(Database database) {
        this.database = database;
    }

    /** Notifications of {@code userId}, the latest first, with {@code marks} in addition to stored ones. */
    List<NotificationView> list(String userId, NotificationQuery filter, Marks marks) throws UnavailableException {
        String sql = LIST
                + (filter.unread() ? UNREAD : "")
                + (filter.type().isPresent() ? OF_TYPE : "")
                + (filter.after().isPresent() ? AFTER : "")
                + IN_ORDER;
        return database.use(handle -> {
            Query query = bound(handle.createQuery(sql), userId, marks).bind("limit", filter.limit());
            filter.type().ifPresent(type -> query.bind("type", type));
            filter.after()
                    .ifPresent(cursor -> query.bind(
                                    "afterTime", cursor.lastEventAt().toString())
                            .bind("afterId", cursor.id()));
            return query.map(Inbox::view).list();
        });
    }

    @Override
    public Map<UUID, Integer> revisions(String userId, Set<UUID> ids) throws UnavailableException {
        return database.use(handle -> handle
                .createQuery(REVISIONS)
                .bind("user", userId)
                .bindArray("ids", UUID.class, ids)
                .map((row, context) -> Map.entry(row.getObject("id", UUID.class), row.getInt("revision")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    @Override
    public List<MarkRoutes.Unread> unread(
            String userId, Optional<Instant> upTo, Optional<MarkRoutes.Unread> after, int limit)
            throws UnavailableException {
        String sql = UNREAD_ROWS + (upTo.isPresent() ? UP_TO : "") + (after.isPresent() ? AFTER : "") + IN_ORDER;
        return database.use(handle -> {
            Query query = bound(handle.createQuery(sql), userId, Marks.NONE).bind("limit", limit);
            upTo.ifPresent(time -> query.bind("upTo", time.toString()));
            after.ifPresent(
                    row -> query.bind("afterTime", row.lastEventAt().toString()).bind("afterId", row.id()));
            return query.map((row, context) -> new MarkRoutes.Unread(
                            row.getObject("id", UUID.class), row.getInt("revision"), instant(row, "last_event_at")))
                    .list();
        });
    }

    /** The unread count of {@code userId}. */
    int unread(String userId, Marks marks) throws UnavailableException {
        return database.use(handle -> bound(handle.createQuery(COUNT), userId, marks)
                .mapTo(Integer.class)
                .one());
    }

    private static Query bound(Query query, String userId, Marks marks) {
        List<UUID> ids = List.copyOf(marks.revisions().keySet());
        List<Integer> revisions = ids.stream().map(marks.revisions()::get).toList();
        return query.bind("user", userId)
                .bindArray("ids", UUID.class, ids)
                .bindArray("revisions", Integer.class, revisions);
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
