package com.threadly.notification;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.localstack.testing.Servers;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A worker of a group that has committed nothing, beside topics that hold records. */
@ExtendWith(Servers.Extension.class)
class InboxFirstStartIT {

    private final Servers servers;
    private final InboxRig rig;

    InboxFirstStartIT(Servers servers) throws Exception {
        this.servers = servers;
        this.rig = new InboxRig(servers);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void theInboxIsFilledFromTheBeginningAndOnlyWhatIsNewIsPushed() {
        rig.order(100);
        try (RunningWorker worker = launch("START_AT", "now").awaitReady()) {
            rig.order(10);
            rig.awaitAllPushed();

            assertThat(rig.pushed()).isEqualTo(InboxRig.pushes(10));
            assertThat(worker.log()).contains("these partitions have no committed offsets");
        }
    }

    @Test
    void whatIsTooOldIsStoredAndNotPushed() throws Exception {
        rig.order(20, Instant.now().minusSeconds(7_200));
        try (RunningWorker worker = launch("PUSH_MAX_AGE", "1h").awaitReady()) {
            rig.order(10);
            rig.awaitAllPushed();

            assertThat(rig.pushed()).isEqualTo(InboxRig.pushes(10));
            assertThat(worker.trouble()).isEmpty();
        }
    }

    private RunningWorker launch(String setting, String value) {
        return rig.launch(Map.of("CONSUMER_GROUP", servers.unique("notification-worker-first"), setting, value));
    }
}
