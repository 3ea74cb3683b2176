package com.threadly.gateway.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.database.Database;
import com.threadly.database.OwnerSettings;
import com.threadly.localstack.testing.Servers;
import com.threadly.notification.inbox.InboxTables;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Queries of a large table use its indexes. */
@ExtendWith(Servers.Extension.class)
class InboxPlansIT {

    private static final NotificationQuery LATEST = query(Optional.empty(), false);
    private static final NotificationQuery UNREAD_ORDERS = query(Optional.of("order"), true);

    private static final MarkRoutes.Selection EVERYTHING = new MarkRoutes.Selection(Optional.empty(), Optional.empty());

    /** The query that docs/recovery.md recommends. */
    private static final String BACKLOG = """
            SELECT count(*) FROM notification
            WHERE pushed_at IS NULL AND last_event_at > now() - interval '1 hour'
            """;

    private final Database database;
    private final Inbox inbox;

    InboxPlansIT(Servers servers) throws Exception {
        var settings = OwnerSettings.of(servers.database(), servers.database().create(servers.unique("plans")));
        database = InboxTables.open(settings, new SimpleMeterRegistry());
        Awaitility.await().until(() -> database.trouble().isEmpty());
        inbox = new Inbox(database);
        // Twenty rows for each of a thousand users, one per minute.
        execute("""
                INSERT INTO notification SELECT gen_random_uuid(), 'user-' || n % 1000, 'order', 'Title', 'Text', '{}', at, at, 1
                FROM generate_series(1, 20000) AS n, LATERAL (SELECT now() - n * interval '1 minute' AS at) AS time
                """);
        execute("ANALYZE");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void noQuestionReadsTheWholeTable() throws Exception {
        long before = wholeReads();

        assertThat(inbox.list("user-1", LATEST, Marks.NONE)).hasSize(20);
        assertThat(inbox.list("user-1", UNREAD_ORDERS, Marks.NONE)).hasSize(20);
        assertThat(inbox.counts("user-1", Marks.NONE)).isEqualTo(new UnreadCounts(20, 20));
        assertThat(inbox.affected("user-1", StateChange.SEEN, EVERYTHING, Marks.NONE, Optional.empty(), 100))
                .hasSize(20);
        assertThat(number(BACKLOG)).isBetween(58L, 60L);

        assertThat(wholeReads()).isEqualTo(before);
        assertThat(usedIndexes()).containsExactlyInAnyOrder("notification_inbox", "notification_age");
    }

    private static NotificationQuery query(Optional<String> type, boolean unread) {
        return new NotificationQuery(20, Optional.empty(), type, Optional.empty(), unread, false, false);
    }

    private long wholeReads() throws Exception {
        return number("SELECT seq_scan FROM pg_stat_user_tables WHERE relname = 'notification'");
    }

    private Set<String> usedIndexes() throws Exception {
        flush();
        return database.use(handle -> handle
                .createQuery(
                        "SELECT indexrelname FROM pg_stat_user_indexes WHERE relname = 'notification' AND idx_scan > 0")
                .mapTo(String.class)
                .stream()
                .collect(Collectors.toSet()));
    }

    private long number(String sql) throws Exception {
        flush();
        return database.use(handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }

    /** Makes the statistics of the pool's one session visible at once, rather than within a second. */
    private void flush() throws Exception {
        execute("SELECT pg_stat_force_next_flush()");
    }

    private void execute(String sql) throws Exception {
        var _ = database.use(handle -> handle.execute(sql));
    }
}
