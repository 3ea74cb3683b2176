package com.threadly.notification;

import static com.threadly.notification.SampleEvents.message;
import static com.threadly.notification.SampleEvents.presence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.threadly.events.UserStatus;
import com.threadly.stack.testing.Servers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What operators set, in the worker's own process. */
@ExtendWith(Servers.Extension.class)
class InboxSettingsIT {

    private final InboxRig rig;

    InboxSettingsIT(Servers servers) throws Exception {
        this.rig = new InboxRig(servers);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void whoIsOnlineIsNotToldOfMessages() throws Exception {
        try (RunningWorker worker =
                rig.launch(Map.of("DIGEST_QUIET_FOR", "online")).awaitReady()) {
            rig.topics().publish(List.of(presence("ben", UserStatus.ONLINE, Instant.now())));
            await().atMost(InboxRig.LIMIT)
                    .until(() -> rig.inbox()
                            .query("SELECT user_id FROM user_presence WHERE online")
                            .equals(List.of("ben")));
            rig.topics().publish(List.of(message(1)));
            await().atMost(InboxRig.LIMIT)
                    .until(() -> digests("pushed_at IS NOT NULL").equals(List.of("ben", "cid")));
            worker.stop();
        }
        assertThat(rig.pushed()).isOne();
    }

    @ParameterizedTest
    @CsvSource({"NOTIFICATION_RETENTION, 30d, 0", "INBOX_MAX_ROWS, 10, 10"})
    void whatIsTooOldOrTooMuchIsRemoved(String setting, String value, int left) throws Exception {
        rig.order(300);
        try (RunningWorker worker = rig.launch()) {
            rig.awaitAllPushed();
            worker.stop();
        }
        try (RunningWorker worker = rig.launch(Map.of(setting, value)).awaitReady()) {
            await().atMost(InboxRig.LIMIT).until(() -> rig.rows("true") == left);
            worker.stop();
        }
    }

    private List<String> digests(String condition) {
        return rig.inbox()
                .query("SELECT user_id FROM notification WHERE type = 'message' AND " + condition
                        + " ORDER BY user_id");
    }
}
