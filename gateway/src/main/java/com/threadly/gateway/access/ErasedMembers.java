package com.threadly.gateway.access;

import com.threadly.database.Database;
import com.threadly.database.ErasureReport;
import com.threadly.database.ErasureReport.Removed;
import com.threadly.events.MembersChannel;
import com.threadly.runtime.retry.UnavailableException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Users of whom the projection keeps nothing, and what was removed of each. Whoever writes rows asks here in the same
 * transaction, and an erasure waits for its end: either the rows lack the user, or the erasure finds them.
 */
public final class ErasedMembers {

    private static final int STEP = 500;

    private static final String NOTE = """
            INSERT INTO erased_member AS known (user_id, erased_at) VALUES (:user, CAST(:at AS timestamptz))
            ON CONFLICT (user_id) DO UPDATE SET erased_at = excluded.erased_at WHERE excluded.erased_at < known.erased_at
            """;

    private static final String CONVERSATIONS = """
            SELECT conversation_id, user_ids FROM conversation_participant WHERE user_ids @> ARRAY[:user]::text[]
            ORDER BY conversation_id LIMIT :step
            """;

    /** Unless the members have changed meanwhile. */
    private static final String LEAVE = """
            UPDATE conversation_participant SET user_ids = :rest, someone_left = true, members_key = :key
            WHERE conversation_id = :id AND user_ids = CAST(:before AS text[])
            """;

    private static final String REMOVE_FROM_ORDERS = """
            UPDATE order_party SET user_ids = array_remove(user_ids, CAST(:user AS text)) WHERE order_id IN (
                SELECT order_id FROM order_party WHERE user_ids @> ARRAY[:user]::text[] ORDER BY order_id LIMIT :step
                FOR UPDATE)
            """;

    private static final String ADD_UP = """
            UPDATE erased_member SET conversations = conversations + :conversations, orders = orders + :orders,
                settings = settings + :settings
            WHERE user_id = :user
            """;

    private static final String REPORT = """
            SELECT erased_at, conversations, orders, settings,
                (SELECT count(*) FROM conversation_participant WHERE user_ids @> ARRAY[:user]::text[])
                    + (SELECT count(*) FROM order_party WHERE user_ids @> ARRAY[:user]::text[])
                    + (SELECT count(*) FROM user_settings WHERE user_id = :user) AS remaining
            FROM erased_member WHERE user_id = :user
            """;

    /** A conversation that the user takes part in. */
    record Conversation(String id, List<String> before, List<String> rest) {

        private static Conversation of(ResultSet row, String userId) throws SQLException {
            List<String> before = List.of((String[]) row.getArray("user_ids").getArray());
            return new Conversation(
                    row.getString("conversation_id"),
                    before,
                    before.stream().filter(other -> !other.equals(userId)).toList());
        }

        /** Where it goes on without the user. */
        MembersChannel channel() {
            return MembersChannel.of(id, rest);
        }
    }

    private final Database database;

    public ErasedMembers(Database database) {
        this.database = database;
    }

    /** Those of {@code users} who are erased. Call it in a transaction: until it ends, nobody is erased. */
    public static Set<String> among(Handle handle, Collection<String> users) {
        if (users.isEmpty()) {
            return Set.of();
        }
        handle.execute("LOCK TABLE erased_member IN ROW SHARE MODE");
        return handle.createQuery("SELECT user_id FROM erased_member WHERE user_id = ANY(:users)")
                .bindArray("users", String.class, users)
                .mapTo(String.class)
                .set();
    }

    /** From now on, nothing of the user is written. */
    void note(String userId, Instant at) throws UnavailableException {
        var _ = database.inTransaction(handle -> {
            // Waits for those who have asked.
            handle.execute("LOCK TABLE erased_member IN EXCLUSIVE MODE");
            return handle.createUpdate(NOTE)
                    .bind("user", userId)
                    .bind("at", at.toString())
                    .execute();
        });
    }

    /** Some conversations of the user; none when they have left all. */
    List<Conversation> conversationsOf(String userId) throws UnavailableException {
        return database.use(handle -> handle.createQuery(CONVERSATIONS)
                .bind("user", userId)
                .bind("step", STEP)
                .map((row, _) -> Conversation.of(row, userId))
                .list());
    }

    /** Removes the user from conversations whose channels without them are announced. */
    long leave(String userId, List<Conversation> conversations) throws UnavailableException {
        return database.inTransaction(handle -> {
            PreparedBatch batch = handle.prepareBatch(LEAVE);
            conversations.forEach(conversation -> batch.bindArray("rest", String.class, conversation.rest())
                    .bind("key", conversation.channel().key())
                    .bind("id", conversation.id())
                    .bindArray("before", String.class, conversation.before())
                    .add());
            long left = 0;
            for (int changed : batch.execute()) {
                left += changed;
            }
            addUp(handle, userId, left, 0, 0);
            return left;
        });
    }

    /** Removes the user from some orders; 0 when they are in none. */
    long removeFromOrders(String userId) throws UnavailableException {
        return database.inTransaction(handle -> {
            int removed = handle.createUpdate(REMOVE_FROM_ORDERS)
                    .bind("user", userId)
                    .bind("step", STEP)
                    .execute();
            addUp(handle, userId, 0, removed, 0);
            return (long) removed;
        });
    }

    long removeSettings(String userId) throws UnavailableException {
        return database.inTransaction(handle -> {
            int removed = handle.createUpdate("DELETE FROM user_settings WHERE user_id = :user")
                    .bind("user", userId)
                    .execute();
            addUp(handle, userId, 0, 0, removed);
            return (long) removed;
        });
    }

    private static void addUp(Handle handle, String userId, long conversations, long orders, long settings) {
        handle.createUpdate(ADD_UP)
                .bind("user", userId)
                .bind("conversations", conversations)
                .bind("orders", orders)
                .bind("settings", settings)
                .execute();
    }

    /** What the erasure of {@code userId} has removed so far; empty when there was none. */
    public static Optional<ErasureReport> report(Database database, String userId) throws UnavailableException {
        return database.use(handle -> handle.createQuery(REPORT)
                .bind("user", userId)
                .map((row, _) -> new ErasureReport(
                        row.getObject("erased_at", OffsetDateTime.class).toInstant(),
                        List.of(
                                new Removed("conversations", row.getLong("conversations")),
                                new Removed("orders", row.getLong("orders")),
                                new Removed("settings", row.getLong("settings"))),
                        row.getLong("remaining")))
                .findOne());
    }
}
