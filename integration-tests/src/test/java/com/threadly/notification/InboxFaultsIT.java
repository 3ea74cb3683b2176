package com.threadly.notification;

import static com.threadly.notification.SampleEvents.NOON;
import static com.threadly.notification.SampleEvents.message;
import static com.threadly.notification.SampleEvents.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.threadly.deadletter.DeadLetterHeaders;
import com.threadly.events.OrderStatus;
import com.threadly.events.OrderStatusChanged;
import com.threadly.events.Topics;
import com.threadly.localstack.testing.DeadLetterBox;
import com.threadly.localstack.testing.Servers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Worker processes under load and faults: every event has its row, every row is pushed, once unless one was killed. */
@ExtendWith(Servers.Extension.class)
class InboxFaultsIT {

    private final Servers servers;
    private final InboxRig rig;

    InboxFaultsIT(Servers servers) throws Exception {
        this.servers = servers;
        this.rig = new InboxRig(servers);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void aDatabaseThatIsAwayForTwentySecondsLosesAndRepeatsNothing() throws Exception {
        try (RunningWorker worker = rig.launch().awaitReady()) {
            rig.order(500);
            await().atMost(InboxRig.LIMIT).until(() -> rig.rows("true") >= 100);

            servers.database().stop();
            rig.order(500);
            await().atMost(InboxRig.LIMIT).until(() -> worker.trouble().contains("database"));
            await().during(Duration.ofSeconds(20))
                    .atMost(InboxRig.LIMIT)
                    .until(() -> worker.trouble().contains("database"));
            rig.order(500);
            servers.database().start();

            rig.awaitAllPushed();
            // A quick one: there was only time to notice broken connections.
            rig.order(500);
            servers.database().stop();
            servers.database().start();
            rig.awaitAllPushed();
            await().atMost(InboxRig.LIMIT).until(() -> worker.trouble().isEmpty());
            worker.stop();
        } finally {
            servers.database().start();
        }
        assertThat(rig.pushed()).isEqualTo(InboxRig.pushes(rig.orders()));
    }

    @Test
    void aStopWhileTheDatabaseIsAwayWaitsOnceAndTheNextProcessGoesOn() throws Exception {
        try (RunningWorker first = rig.launch(Map.of("DRAIN_LIMIT", "1s")).awaitReady()) {
            servers.database().stop();
            rig.order(200);
            await().atMost(InboxRig.LIMIT).until(() -> first.trouble().contains("database"));
            first.stop();
            assertThat(first.log()
                            .lines()
                            .filter(line -> line.contains("records in flight did not complete within DRAIN_LIMIT")))
                    .extracting(line -> line.substring(line.indexOf("partition=")))
                    .isNotEmpty()
                    .doesNotHaveDuplicates();
        } finally {
            servers.database().start();
        }
        try (RunningWorker second = rig.launch().awaitReady()) {
            rig.awaitAllPushed();
            second.stop();
        }
        assertThat(rig.pushed()).isEqualTo(InboxRig.pushes(rig.orders()));
    }

    @Test
    void aTableThatIsLockedForLongerThanAStatementMayTakeIsWaitedFor() throws Exception {
        try (RunningWorker worker = rig.launch().awaitReady()) {
            try (var holder = rig.inbox().locking("LOCK TABLE notification IN EXCLUSIVE MODE")) {
                rig.order(200);
                await().atMost(InboxRig.LIMIT).until(() -> worker.trouble().contains("database"));
                holder.rollback();
            }
            rig.awaitAllPushed();
            worker.stop();
        }
        assertThat(rig.pushed()).isEqualTo(InboxRig.pushes(rig.orders()));
    }

    @Test
    void aFullDiskIsWaitedFor() throws Exception {
        rig.inbox().execute("""
                CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                    RAISE 'could not extend file: No space left on device' USING ERRCODE = 'disk_full';
                END $$;
                CREATE TRIGGER full_disk BEFORE INSERT ON notification EXECUTE FUNCTION full_disk()
                """);
        DeadLetterBox box = orderDeadLetters();
        try (RunningWorker worker = rig.launch().awaitReady()) {
            rig.order(200);
            await().atMost(InboxRig.LIMIT).until(() -> worker.trouble().contains("No space left on device"));

            rig.inbox().execute("DROP TRIGGER full_disk ON notification");
            rig.awaitAllPushed();
            worker.stop();
        }
        assertThat(rig.pushed()).isEqualTo(InboxRig.pushes(rig.orders()));
        assertThat(box.letters()).isEmpty();
    }

    @Test
    void pushingGoesOnWhileNothingCanBeMarked() throws Exception {
        int few = 8;
        try (RunningWorker worker = rig.launch().awaitReady()) {
            rig.pusher().faults().delay(Duration.ofSeconds(2));
            rig.order(few);
            await().atMost(InboxRig.LIMIT).until(() -> rig.rows("true") == few);
            try (var holder = rig.inbox().locking("SELECT FROM notification FOR UPDATE")) {
                rig.pusher().faults().clear();
                rig.order(500);
                await().atMost(InboxRig.LIMIT).until(() -> rig.pushed() == InboxRig.pushes(rig.orders()));
                assertThat(rig.rows("pushed_at IS NOT NULL")).isZero();
                holder.rollback();
            }
            rig.awaitAllPushed();
            worker.stop();
        }
        assertThat(rig.pushed()).isEqualTo(InboxRig.pushes(rig.orders()));
    }

    @Test
    void whatCanNeverBeARowIsADeadLetterAlone() throws Exception {
        DeadLetterBox box = orderDeadLetters();
        OrderStatusChanged absurd = order(1_001, OrderStatus.SHIPPED, Instant.parse("-5000-01-01T00:00:00Z"));
        OrderStatusChanged tooLong = order(1_002, OrderStatus.SHIPPED);
        tooLong.put(tooLong.getSchema().getField("orderId").pos(), "x".repeat(200));
        rig.order(300);
        rig.topics().publish(List.of(absurd, tooLong));
        rig.order(300);
        try (RunningWorker worker = rig.launch()) {
            rig.awaitAllPushed();
            await().atMost(InboxRig.LIMIT).until(() -> box.letters().size() == 2);
            worker.stop();
        }
        assertThat(rig.pushed()).isEqualTo(InboxRig.pushes(rig.orders()));
        assertThat(box.letters())
                .satisfiesExactlyInAnyOrder(
                        refused -> {
                            assertThat(refused.key()).isEqualTo("order-1001");
                            assertThat(DeadLetterBox.header(refused, DeadLetterHeaders.REASON))
                                    .isEqualTo("INVALID");
                            assertThat(DeadLetterBox.header(refused, DeadLetterHeaders.MESSAGE))
                                    .isEqualTo("occurredAt is before 1970");
                        },
                        invalid -> {
                            assertThat(invalid.key()).isEqualTo("x".repeat(200));
                            assertThat(DeadLetterBox.header(invalid, DeadLetterHeaders.REASON))
                                    .isEqualTo("INVALID");
                            assertThat(DeadLetterBox.header(invalid, DeadLetterHeaders.MESSAGE))
                                    .startsWith("orderId makes a channel name of more than");
                        });
    }

    @Test
    void killsAtAnyMomentLoseNothing() throws Exception {
        for (int round = 1; round <= 4; round++) {
            int before = rig.rows("true");
            try (RunningWorker worker = rig.launch()) {
                rig.order(600);
                await().atMost(InboxRig.LIMIT).until(() -> rig.rows("true") > before);
                worker.kill();
            }
        }
        List<String> marked = rig.inbox().query("SELECT id FROM notification WHERE pushed_at IS NOT NULL ORDER BY id");
        List<String> times = pushedAt(marked);

        try (RunningWorker worker = rig.launch().awaitReady()) {
            rig.awaitAllPushed();
            worker.stop();
        }
        // Rows marked before the last one died are not marked, and so not pushed, again.
        assertThat(pushedAt(marked)).isEqualTo(times);
        assertThat(rig.pushed()).isGreaterThanOrEqualTo(InboxRig.pushes(rig.orders()));
    }

    @Test
    void workersThatComeAndGoRepeatNothing() throws Exception {
        try (RunningWorker first = rig.launch().awaitReady()) {
            rig.order(500);
            try (RunningWorker second = rig.launch().awaitReady()) {
                rig.order(500);
                await().atMost(InboxRig.LIMIT).until(() -> rig.rows("true") > 500);
                first.stop();
                rig.order(500);
                // One digest, no matter which process handles which of its messages.
                rig.topics()
                        .publish(IntStream.range(0, 300)
                                .<SpecificRecord>mapToObj(n -> message(n, NOON))
                                .toList());
                rig.awaitAllPushed();
                await().atMost(InboxRig.LIMIT)
                        .untilAsserted(() -> assertThat(rig.inbox()
                                        .query("SELECT metadata ->> 'count' FROM notification WHERE type = 'message'"))
                                .containsExactly("300", "300"));
                second.stop();
            }
        }
        assertThat(rig.inbox().query("SELECT 'left' FROM notification WHERE pushed_at IS NULL"))
                .isEmpty();
        // Of the digests' pushes, any but the last may have been left out.
        assertThat(rig.pushed()).isBetween(InboxRig.pushes(rig.orders()) + 2, InboxRig.pushes(rig.orders()) + 600);
    }

    private DeadLetterBox orderDeadLetters() {
        return new DeadLetterBox(servers.kafka(), List.of(Topics.ORDER_EVENTS.deadLetters(TopicLog.GROUP)));
    }

    private List<String> pushedAt(List<String> ids) {
        return rig
                .inbox()
                .query("SELECT id || ' ' || pushed_at FROM notification WHERE pushed_at IS NOT NULL ORDER BY id")
                .stream()
                .filter(row -> ids.contains(row.substring(0, 36)))
                .toList();
    }
}
