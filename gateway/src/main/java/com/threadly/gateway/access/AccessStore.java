package com.threadly.gateway.access;

import com.threadly.database.Database;
import com.threadly.database.DatabaseSettings;
import com.threadly.database.Tables;
import com.threadly.events.MembersChannel;
import com.threadly.runtime.retry.UnavailableException;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The projection's rows. The latest record of a conversation or an order counts, by the order of the log: clocks of
 * services may differ. Two kinds of records change nothing: one that is read again after a crash, and a late
 * repetition, such as a redriven dead letter, whose event is minutes older than the known one.
 */
public final class AccessStore implements MembershipReader {

    public static final Tables TABLES =
            new Tables("gateway", "com/threadly/gateway/access/migrations", "gateway_migration");

    /** By time, too, because offsets begin again in a new cluster. */
    private static final String NEITHER_READ_AGAIN_NOR_REPEATED_LATE = """
            WHERE (known.log_partition <> excluded.log_partition OR known.log_offset < excluded.log_offset
                OR known.as_of < excluded.as_of)
            AND known.as_of <= excluded.as_of + interval '5 minutes'
            """;

    private static final String CHANGE = """
            DO UPDATE SET user_ids = excluded.user_ids, as_of = greatest(known.as_of, excluded.as_of),
                log_partition = excluded.log_partition, log_offset = excluded.log_offset
            """;

    /** Between two topics only times can decide; of equal ones, the change of members itself counts. */
    private static final String OF_ANOTHER_TOPIC_AND_LATER = """
            OR known.log_topic <> excluded.log_topic
            AND (known.as_of < excluded.as_of
                OR known.as_of = excluded.as_of AND excluded.log_topic = 'conversation-member-events')
            """;

    private static final String NOTE_CONVERSATION =
            """
            INSERT INTO conversation_participant AS known
                (conversation_id, user_ids, as_of, log_topic, log_partition, log_offset)
            VALUES (:id, :users, CAST(:asOf AS timestamptz), :topic, :partition, :offset)
            ON CONFLICT (conversation_id)
            """ + CHANGE + """
            , log_topic = excluded.log_topic,
                someone_left = known.someone_left OR NOT known.user_ids <@ excluded.user_ids
            """ + NEITHER_READ_AGAIN_NOR_REPEATED_LATE + """
            AND known.log_topic = excluded.log_topic
            """ + OF_ANOTHER_TOPIC_AND_LATER;

    private static final String MOVED = """
            SELECT conversation_id, user_ids, members_key FROM conversation_participant
            WHERE conversation_id = ANY(:ids) AND someone_left
            """;

    private static final String ANNOUNCED =
            "UPDATE conversation_participant SET members_key = :key WHERE conversation_id = :id";

    private static final String NOTE_ORDER = """
            INSERT INTO order_party AS known (order_id, user_ids, as_of, log_partition, log_offset,
                status, previous_status, updated_at, status_offset)
            VALUES (:id, :users, CAST(:asOf AS timestamptz), :partition, :offset,
                :status, :previousStatus, CAST(:asOf AS timestamptz), :offset)
            ON CONFLICT (order_id)
            """ + CHANGE + """
            , status = excluded.status, previous_status = excluded.previous_status, updated_at = excluded.updated_at,
                status_offset = excluded.status_offset
            """ + NEITHER_READ_AGAIN_NOR_REPEATED_LATE;

    private static final String CONVERSATIONS =
            "SELECT conversation_id AS id, user_ids, members_key FROM conversation_participant"
                    + " WHERE conversation_id = ANY(:ids)";

    private static final String ORDERS =
            "SELECT order_id AS id, user_ids, NULL AS members_key FROM order_party WHERE order_id = ANY(:ids)";

    private static final String ACQUAINTANCES = """
            SELECT other FROM unnest(:others) AS given (other)
            WHERE EXISTS (SELECT FROM conversation_participant WHERE user_ids @> ARRAY[:user, other]::text[])
                OR EXISTS (SELECT FROM order_party WHERE user_ids @> ARRAY[:user, other]::text[])
            """;

    private final Database database;

    public AccessStore(Database database) {
        this.database = database;
    }

    /** The database with the projection's tables, next to those of the inbox. */
    public static Database open(DatabaseSettings settings, MeterRegistry metrics) {
        return Database.open(settings, TABLES, metrics);
    }

    /** Stores all or none; each list in the order of the log. */
    void note(List<Membership> conversations, List<OrderState> orders) throws UnavailableException {
        Set<String> users = Stream.concat(
                        conversations.stream(), orders.stream().map(OrderState::parties))
                .flatMap(membership -> membership.userIds().stream())
                .collect(Collectors.toSet());
        var _ = database.inTransaction(handle -> {
            Set<String> erased = ErasedMembers.among(handle, users);
            return writeConversations(
                            handle,
                            conversations.stream()
                                    .map(membership -> membership.without(erased))
                                    .toList())
                    + writeOrders(
                            handle,
                            orders.stream().map(order -> order.without(erased)).toList());
        });
    }

    /** Of the conversations {@code ids}: the channels of those that somebody has left, unless they were announced. */
    List<MembersChannel> unannounced(Set<String> ids) throws UnavailableException {
        return database
                .use(handle -> handle.createQuery(MOVED)
                        .bindArray("ids", String.class, ids)
                        .map((row, _) -> unannounced(row))
                        .list())
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /** Notes that these channels were announced. */
    void announced(List<MembersChannel> channels) throws UnavailableException {
        var _ = database.inTransaction(handle -> {
            PreparedBatch batch = handle.prepareBatch(ANNOUNCED);
            channels.stream()
                    // In the order of ids, so that two gateways never deadlock.
                    .sorted(Comparator.comparing(MembersChannel::conversationId))
                    .forEach(channel -> batch.bind("key", channel.key())
                            .bind("id", channel.conversationId())
                            .add());
            return batch.execute().length;
        });
    }

    private static Optional<MembersChannel> unannounced(ResultSet row) throws SQLException {
        MembersChannel channel = MembersChannel.of(row.getString("conversation_id"), users(row));
        return channel.key().equals(row.getString("members_key")) ? Optional.empty() : Optional.of(channel);
    }

    @Override
    public Map<String, Members> ofConversations(Set<String> ids) throws UnavailableException {
        return members(CONVERSATIONS, ids);
    }

    @Override
    public Map<String, Members> ofOrders(Set<String> ids) throws UnavailableException {
        return members(ORDERS, ids);
    }

    @Override
    public Set<String> acquaintances(String userId, Set<String> userIds) throws UnavailableException {
        return database.use(handle -> handle.createQuery(ACQUAINTANCES)
                .bind("user", userId)
                .bindArray("others", String.class, userIds)
                .mapTo(String.class)
                .set());
    }

    private Map<String, Members> members(String query, Set<String> ids) throws UnavailableException {
        return database.use(
                handle -> handle.createQuery(query).bindArray("ids", String.class, ids).map(AccessStore::row).stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    private static Map.Entry<String, Members> row(ResultSet row, StatementContext context) throws SQLException {
        return Map.entry(
                row.getString("id"), new Members(users(row), Optional.ofNullable(row.getString("members_key"))));
    }

    private static Set<String> users(ResultSet row) throws SQLException {
        return Set.copyOf(List.of((String[]) row.getArray("user_ids").getArray()));
    }

    /** In the order of ids, so that two gateways never deadlock; of one id, still in that of the log. */
    private static int writeConversations(Handle handle, List<Membership> conversations) {
        PreparedBatch batch = handle.prepareBatch(NOTE_CONVERSATION);
        conversations.stream()
                .sorted(Membership.BY_ID)
                .forEach(membership -> bound(batch, membership)
                        .bind("topic", membership.topic())
                        .add());
        return executed(batch);
    }

    /** In the same order. */
    private static int writeOrders(Handle handle, List<OrderState> orders) {
        PreparedBatch batch = handle.prepareBatch(NOTE_ORDER);
        orders.stream()
                .sorted(OrderState.BY_ID)
                .forEach(order -> bound(batch, order.parties())
                        .bind("status", order.status().map(Enum::name).orElse(null))
                        .bind(
                                "previousStatus",
                                order.previousStatus().map(Enum::name).orElse(null))
                        .add());
        return executed(batch);
    }

    private static PreparedBatch bound(PreparedBatch batch, Membership membership) {
        return batch.bind("id", membership.id())
                .bindArray("users", String.class, membership.userIds())
                .bind("asOf", membership.asOf().toString())
                .bind("partition", membership.partition())
                .bind("offset", membership.offset());
    }

    private static int executed(PreparedBatch batch) {
        return batch.size() == 0 ? 0 : batch.execute().length;
    }
}
