package com.threadly.notification;

import static com.threadly.notification.SampleEvents.NOON;
import static com.threadly.notification.SampleEvents.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.threadly.events.OrderStatus;
import com.threadly.stack.pusher.PusherServer;
import com.threadly.stack.pusher.PusherServerOptions;
import com.threadly.stack.testing.Servers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Worker processes under load, disturbed: every event has its row, every row is pushed, and once unless one was killed. */
@ExtendWith(Servers.Extension.class)
class InboxFaultsIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** One for the buyer, and the order's status. */
    private static final int PUSHES_AN_ORDER = 2;

    private final Servers servers;
    private final InboxFixture inbox;
    private final PusherServer pusher = PusherServer.start(RunningWorker.APP, PusherServerOptions.defaults());
    private final AtomicInteger orders = new AtomicInteger();
    private TopicLog topics;

    InboxFaultsIT(Servers servers) {
        this.servers = servers;
        this.inbox = new InboxFixture(servers);
    }

    @BeforeEach
    void open() throws Exception {
        topics = new TopicLog(servers);
    }

    @AfterEach
    void close() throws Exception {
        topics.awaitNobody();
        topics.close();
        inbox.close();
        pusher.close();
    }

    @Test
    void aDatabaseThatIsAwayForTwentySecondsLosesAndRepeatsNothing() throws Exception {
        try (RunningWorker worker = launch().awaitReady()) {
            order(500);
            await().atMost(LIMIT).until(() -> rows() >= 100);

            servers.database().stop();
            order(500);
            await().atMost(LIMIT).until(() -> worker.trouble().contains("database"));
            await().during(Duration.ofSeconds(20))
                    .atMost(LIMIT)
                    .until(() -> worker.trouble().contains("database"));
            order(500);
            servers.database().start();

            awaitAllPushed();
            // And the quick way: nobody had the time to notice more than broken connections.
            order(500);
            servers.database().stop();
            servers.database().start();
            awaitAllPushed();
            await().atMost(LIMIT).until(() -> worker.trouble().isEmpty());
            worker.stop();
        } finally {
            servers.database().start();
        }
        assertThat(pusher.stats().eventsReceived()).isEqualTo((long) PUSHES_AN_ORDER * orders.get());
    }

    @Test
    void aTableThatIsLockedForLongerThanAStatementMayTakeIsWaitedFor() throws Exception {
        try (RunningWorker worker = launch().awaitReady()) {
            try (var holder = inbox.locking("LOCK TABLE notification IN EXCLUSIVE MODE")) {
                order(200);
                await().atMost(LIMIT).until(() -> worker.trouble().contains("database"));
                holder.rollback();
            }
            awaitAllPushed();
            worker.stop();
        }
        assertThat(pusher.stats().eventsReceived()).isEqualTo((long) PUSHES_AN_ORDER * orders.get());
    }

    @Test
    void killsAtAnyMomentLoseNothing() throws Exception {
        for (int round = 1; round <= 4; round++) {
            int before = rows();
            try (RunningWorker worker = launch()) {
                order(600);
                await().atMost(LIMIT).until(() -> rows() > before);
                worker.kill();
            }
        }
        List<String> marked = inbox.query("SELECT id FROM notification WHERE pushed_at IS NOT NULL ORDER BY id");
        List<String> times = pushedAt(marked);

        try (RunningWorker worker = launch().awaitReady()) {
            awaitAllPushed();
            worker.stop();
        }
        // What was marked when the last one died is not marked, and so not pushed, again.
        assertThat(pushedAt(marked)).isEqualTo(times);
        assertThat(pusher.stats().eventsReceived()).isGreaterThanOrEqualTo((long) PUSHES_AN_ORDER * orders.get());
    }

    @Test
    void workersThatComeAndGoRepeatNothing() throws Exception {
        try (RunningWorker first = launch().awaitReady()) {
            order(500);
            try (RunningWorker second = launch().awaitReady()) {
                order(500);
                await().atMost(LIMIT).until(() -> rows() > 500);
                first.stop();
                order(500);
                // One digest, whoever handles which of its messages.
                topics.publish(IntStream.range(0, 300)
                        .<SpecificRecord>mapToObj(n -> message(n, NOON))
                        .toList());
                awaitAllPushed();
                await().atMost(LIMIT)
                        .untilAsserted(() -> assertThat(inbox.query(
                                        "SELECT metadata ->> 'count' FROM notification WHERE type = 'message'"))
                                .containsExactly("300", "300"));
                second.stop();
            }
        }
        assertThat(inbox.query("SELECT 'left' FROM notification WHERE pushed_at IS NULL"))
                .isEmpty();
        // Of the digests' pushes, any but the last may have been left out.
        assertThat(pusher.stats().eventsReceived())
                .isBetween((long) PUSHES_AN_ORDER * orders.get() + 2, (long) PUSHES_AN_ORDER * orders.get() + 600);
    }

    private RunningWorker launch() {
        return RunningWorker.launch(servers, inbox, pusher);
    }

    /** Publishes so many orders more. */
    private void order(int count) {
        topics.publish(IntStream.range(0, count)
                .<SpecificRecord>mapToObj(_ -> SampleEvents.order(orders.incrementAndGet(), OrderStatus.SHIPPED))
                .toList());
    }

    private int rows() {
        return Integer.parseInt(inbox.query("SELECT count(*) FROM notification WHERE type = 'order'")
                .getFirst());
    }

    private List<String> pushedAt(List<String> ids) {
        return inbox
                .query("SELECT id || ' ' || pushed_at FROM notification WHERE pushed_at IS NOT NULL ORDER BY id")
                .stream()
                .filter(row -> ids.contains(row.substring(0, 36)))
                .toList();
    }

    private void awaitAllPushed() {
        await().atMost(LIMIT)
                .ignoreExceptions()
                .until(() -> inbox.query(
                                "SELECT count(*) FROM notification WHERE type = 'order' AND pushed_at IS NOT NULL")
                        .equals(List.of(Integer.toString(orders.get()))));
    }
}
