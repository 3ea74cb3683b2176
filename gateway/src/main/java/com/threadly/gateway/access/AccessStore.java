package com.threadly.gateway.access;

import com.threadly.database.Database;
import com.threadly.database.DatabaseSettings;
import com.threadly.database.Tables;
import com.threadly.runtime.retry.UnavailableException;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * The projection's rows. The latest event of a conversation or an order counts, regardless of repeated or late ones.
 */
public final class AccessStore implements MembershipReader {

    private static final Tables TABLES =
            new Tables("gateway", "com/threadly/gateway/access/migrations", "gateway_migration");

    private static final String NOTE_CONVERSATION = """
            INSERT INTO conversation_participant AS known (conversation_id, user_ids, as_of)
            VALUES (:id, :users, CAST(:asOf AS timestamptz))
            ON CONFLICT (conversation_id) DO UPDATE SET user_ids = excluded.user_ids, as_of = excluded.as_of
            WHERE known.as_of <= excluded.as_of
            """;

    private static final String NOTE_ORDER = """
            INSERT INTO order_party AS known (order_id, user_ids, as_of)
            VALUES (:id, :users, CAST(:asOf AS timestamptz))
            ON CONFLICT (order_id) DO UPDATE SET user_ids = excluded.user_ids, as_of = excluded.as_of
            WHERE known.as_of <= excluded.as_of
            """;

    private final Database database;

    public AccessStore(Database database) {
        this.database = database;
    }

    /** The database with the projection's tables, next to those of the inbox. */
    public static Database open(DatabaseSettings settings, MeterRegistry metrics) {
        return Database.open(settings, TABLES, metrics);
    }

    /** Stores all or none. */
    void note(Collection<Membership> conversations, Collection<Membership> orders) throws UnavailableException {
        var _ = database.inTransaction(handle -> write(handle.prepareBatch(NOTE_CONVERSATION), conversations)
                + write(handle.prepareBatch(NOTE_ORDER), orders));
    }

    @Override
    public Set<String> ofConversation(String id) throws UnavailableException {
        return people("SELECT unnest(user_ids) FROM conversation_participant WHERE conversation_id = :id", id);
    }

    @Override
    public Set<String> ofOrder(String id) throws UnavailableException {
        return people("SELECT unnest(user_ids) FROM order_party WHERE order_id = :id", id);
    }

    private Set<String> people(String query, String id) throws UnavailableException {
        return database.use(handle ->
                handle.createQuery(query).bind("id", id).mapTo(String.class).set());
    }

    /** In the order of ids, so that two gateways never deadlock. */
    private static int write(PreparedBatch batch, Collection<Membership> memberships) {
        if (memberships.isEmpty()) {
            return 0;
        }
        List<Membership> ordered = memberships.stream().sorted(Membership.BY_ID).toList();
        for (Membership membership : ordered) {
            batch.bind("id", membership.id())
                    .bindArray("users", String.class, membership.userIds())
                    .bind("asOf", membership.asOf().toString())
                    .add();
        }
        return batch.execute().length;
    }
}
