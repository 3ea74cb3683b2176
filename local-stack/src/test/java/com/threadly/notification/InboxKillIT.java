package com.threadly.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.threadly.events.OrderStatus;
import com.threadly.stack.pusher.Fault;
import com.threadly.stack.pusher.PusherServer;
import com.threadly.stack.pusher.PusherServerOptions;
import com.threadly.stack.testing.Servers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A process ends without warning at one step of poll, store, push, mark and commit, and another takes over. */
@ExtendWith(Servers.Extension.class)
class InboxKillIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** One for the buyer, and the order's status. */
    private static final int PUSHES_AN_ORDER = 2;

    private static final String WAITS = "datname = current_database() AND wait_event_type = 'Lock'";

    private final Servers servers;
    private final InboxFixture inbox;
    private final PusherServer pusher = PusherServer.start(RunningWorker.APP, PusherServerOptions.defaults());
    private final AtomicInteger orders = new AtomicInteger();
    private TopicLog topics;

    InboxKillIT(Servers servers) {
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
    void afterPollBeforeStoreNothingIsPushedTwice() throws Exception {
        try (RunningWorker doomed = launch().awaitReady();
                var holder = inbox.locking("LOCK TABLE notification IN EXCLUSIVE MODE")) {
            order(100);
            awaitStatementsThatWait();

            doomed.kill();
            endStatementsThatWait();
            holder.rollback();
        }
        assertThat(rows("true")).isZero();
        handOver();

        assertThat(pusher.stats().eventsReceived()).isEqualTo(pushes(orders.get()));
    }

    @Test
    void afterStoreBeforePushEveryRowIsPushedOnce() throws Exception {
        try (RunningWorker doomed = launch().awaitReady()) {
            pusher.faults().always(new Fault.Status(503, null));
            order(100);
            await().atMost(LIMIT).until(() -> rows("true") == 100);

            doomed.kill();
            pusher.faults().clear();
        }
        assertThat(rows("pushed_at IS NULL")).isEqualTo(100);
        handOver();

        assertThat(pusher.stats().eventsReceived()).isEqualTo(pushes(orders.get()));
    }

    @Test
    void afterPushBeforeMarkWhatIsNotMarkedIsPushedAgain() throws Exception {
        // No more than one batch for Ben: what comes behind would wait for its answer.
        int few = 8;
        try (RunningWorker doomed = launch().awaitReady()) {
            pusher.faults().delay(Duration.ofSeconds(2));
            order(few);
            await().atMost(LIMIT).until(() -> rows("true") == few);
            try (var holder = inbox.locking("SELECT FROM notification FOR UPDATE")) {
                awaitStatementsThatWait();
                assertThat(pusher.stats().eventsReceived()).isEqualTo(pushes(few));

                doomed.kill();
                endStatementsThatWait();
                holder.rollback();
            }
            pusher.faults().clear();
        }
        assertThat(rows("pushed_at IS NULL")).isEqualTo(few);
        handOver();

        assertThat(pusher.stats().eventsReceived()).isEqualTo(pushes(orders.get()) + pushes(few));
    }

    @Test
    void afterMarkBeforeCommitNothingIsPushedAgain() throws Exception {
        try (RunningWorker doomed = launch(Map.of("COMMIT_INTERVAL", "1h")).awaitReady()) {
            order(100);
            awaitAllPushed();

            doomed.kill();
        }
        handOver();

        assertThat(pusher.stats().eventsReceived()).isEqualTo(pushes(orders.get()));
    }

    /** Another process goes on where the last commit was, and has handled all of it when this returns. */
    private void handOver() throws Exception {
        try (RunningWorker heir = launch()) {
            order(20);
            awaitAllPushed();
            // A graceful stop: what is in flight has come to its end.
            heir.stop();
        }
        assertThat(rows("true")).isEqualTo(orders.get());
    }

    private RunningWorker launch() {
        return launch(Map.of());
    }

    private RunningWorker launch(Map<String, String> settings) {
        return RunningWorker.launch(servers, inbox, pusher, settings);
    }

    /** Publishes so many orders more. */
    private void order(int count) {
        topics.publish(IntStream.range(0, count)
                .<SpecificRecord>mapToObj(_ -> SampleEvents.order(orders.incrementAndGet(), OrderStatus.SHIPPED))
                .toList());
    }

    private static long pushes(int orders) {
        return (long) PUSHES_AN_ORDER * orders;
    }

    private int rows(String condition) {
        return Integer.parseInt(inbox.query("SELECT count(*) FROM notification WHERE " + condition)
                .getFirst());
    }

    private void awaitStatementsThatWait() {
        await().atMost(LIMIT)
                .until(() -> !inbox.query("SELECT query FROM pg_stat_activity WHERE " + WAITS)
                        .isEmpty());
    }

    /** As the server does when it finds that their client has gone; with the lock they would still be carried out. */
    private void endStatementsThatWait() {
        var _ = inbox.query("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE " + WAITS);
    }

    private void awaitAllPushed() {
        await().atMost(LIMIT).until(() -> rows("pushed_at IS NOT NULL") == orders.get());
    }
}
