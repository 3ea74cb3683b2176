package com.threadly.notification;

import static com.threadly.notification.SampleEvents.NOON;
import static com.threadly.notification.SampleEvents.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.threadly.stack.testing.Servers;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Worker processes under load, disturbed: every event has its row, every row is pushed, and once unless one was killed. */
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
            // And the quick way: nobody had the time to notice more than broken connections.
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
        // What was marked when the last one died is not marked, and so not pushed, again.
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
                // One digest, whoever handles which of its messages.
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

    private List<String> pushedAt(List<String> ids) {
        return rig
                .inbox()
                .query("SELECT id || ' ' || pushed_at FROM notification WHERE pushed_at IS NOT NULL ORDER BY id")
                .stream()
                .filter(row -> ids.contains(row.substring(0, 36)))
                .toList();
    }
}
