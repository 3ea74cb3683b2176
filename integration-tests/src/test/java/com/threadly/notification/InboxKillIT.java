package com.threadly.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.threadly.localstack.testing.Servers;
import com.threadly.pusherserver.Fault;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A process is killed at one step of poll, store, push, mark and commit, and another takes over. */
@ExtendWith(Servers.Extension.class)
class InboxKillIT {

    private static final String WAITS = "datname = current_database() AND wait_event_type = 'Lock'";

    private final InboxRig rig;

    InboxKillIT(Servers servers) throws Exception {
        this.rig = new InboxRig(servers);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void afterPollBeforeStoreNothingIsPushedTwice() throws Exception {
        try (RunningWorker doomed = rig.launch().awaitReady();
                var holder = rig.inbox().locking("LOCK TABLE notification IN EXCLUSIVE MODE")) {
            rig.order(100);
            awaitStatementsThatWait();

            doomed.kill();
            endStatementsThatWait();
            holder.rollback();
        }
        assertThat(rig.rows("true")).isZero();
        handOver();

        assertThat(rig.pushed()).isEqualTo(InboxRig.pushes(rig.orders()));
    }

    @Test
    void afterStoreBeforePushEveryRowIsPushedOnce() throws Exception {
        try (RunningWorker doomed = rig.launch().awaitReady()) {
            rig.pusher().faults().always(new Fault.Status(503, null));
            rig.order(100);
            await().atMost(InboxRig.LIMIT).until(() -> rig.rows("true") == 100);

            doomed.kill();
            rig.pusher().faults().clear();
        }
        assertThat(rig.rows("pushed_at IS NULL")).isEqualTo(100);
        handOver();

        assertThat(rig.pushed()).isEqualTo(InboxRig.pushes(rig.orders()));
    }

    @Test
    void afterPushBeforeMarkWhatIsNotMarkedIsPushedAgain() throws Exception {
        // No more than one batch for Ben: the next would wait for its answer.
        int few = 8;
        try (RunningWorker doomed = rig.launch().awaitReady()) {
            rig.pusher().faults().delay(Duration.ofSeconds(2));
            rig.order(few);
            await().atMost(InboxRig.LIMIT).until(() -> rig.rows("true") == few);
            try (var holder = rig.inbox().locking("SELECT FROM notification FOR UPDATE")) {
                awaitStatementsThatWait();
                assertThat(rig.pushed()).isEqualTo(InboxRig.pushes(few));

                doomed.kill();
                endStatementsThatWait();
                holder.rollback();
            }
            rig.pusher().faults().clear();
        }
        assertThat(rig.rows("pushed_at IS NULL")).isEqualTo(few);
        handOver();

        assertThat(rig.pushed()).isEqualTo(InboxRig.pushes(rig.orders()) + InboxRig.pushes(few));
    }

    @Test
    void afterMarkBeforeCommitNothingIsPushedAgain() throws Exception {
        try (RunningWorker doomed = rig.launch(Map.of("COMMIT_INTERVAL", "1h")).awaitReady()) {
            rig.order(100);
            rig.awaitAllPushed();

            doomed.kill();
        }
        handOver();

        assertThat(rig.pushed()).isEqualTo(InboxRig.pushes(rig.orders()));
    }

    /** Another process continues from the last commit, and has handled everything when this returns. */
    private void handOver() throws Exception {
        try (RunningWorker heir = rig.launch()) {
            rig.order(20);
            rig.awaitAllPushed();
            // A graceful stop: nothing is in flight any more.
            heir.stop();
        }
        assertThat(rig.rows("true")).isEqualTo(rig.orders());
    }

    private void awaitStatementsThatWait() {
        await().atMost(InboxRig.LIMIT)
                .until(() -> !rig.inbox()
                        .query("SELECT query FROM pg_stat_activity WHERE " + WAITS)
                        .isEmpty());
    }

    /** As the server does when it notices that the client is gone; with the lock they would still be executed. */
    private void endStatementsThatWait() {
        var _ = rig.inbox().query("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE " + WAITS);
    }
}
