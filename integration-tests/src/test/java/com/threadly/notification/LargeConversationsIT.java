package com.threadly.notification;

import static com.threadly.notification.SampleEvents.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.threadly.deadletter.DeadLetterHeaders;
import com.threadly.events.Topics;
import com.threadly.localstack.testing.DeadLetterBox;
import com.threadly.localstack.testing.Servers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Conversations of thousands of members, in the worker's own jar with a small heap. */
@ExtendWith(Servers.Extension.class)
class LargeConversationsIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Servers servers;
    private final InboxRig rig;

    LargeConversationsIT(Servers servers) throws Exception {
        this.servers = servers;
        this.rig = new InboxRig(servers);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void aBurstReachesEveryMemberAndStopsNobodyElse() throws Exception {
        var box = new DeadLetterBox(servers.kafka(), List.of(Topics.MESSAGE_EVENTS.deadLetters(TopicLog.GROUP)));
        int burst = 60;
        rig.topics()
                .publish(IntStream.range(0, burst)
                        .mapToObj(n -> message(n, "busy", 2_000))
                        .toList());
        rig.topics()
                .publish(List.of(
                        message(1_000, "huge", 10_000),
                        message(1_001, "beyond", 10_001),
                        message(1_002, "huge", 10_000)));
        rig.order(200);
        try (RunningWorker worker = rig.launch(Map.of("DATABASE_TIMEOUT", "3s"))) {
            rig.awaitAllPushed();
            await().atMost(LIMIT).until(() -> rig.inbox().query("""
                            SELECT count(*) FROM notification WHERE pushed_at IS NOT NULL
                                AND (metadata ->> 'conversationId', metadata ->> 'count') IN (('busy', '60'), ('huge', '2'))
                            """).equals(List.of("12000")));
            await().atMost(LIMIT).until(() -> worker.trouble().isEmpty());
            worker.stop();
        }
        assertThat(box.letters()).singleElement().satisfies(letter -> {
            assertThat(letter.key()).isEqualTo("beyond");
            assertThat(DeadLetterBox.header(letter, DeadLetterHeaders.REASON)).isEqualTo("INVALID");
            assertThat(DeadLetterBox.header(letter, DeadLetterHeaders.MESSAGE))
                    .isEqualTo("recipientIds names more than 10000 users");
        });

        rebuildsTheSame();
    }

    private void rebuildsTheSame() throws Exception {
        try (var empty = new InboxFixture(servers)) {
            Process rebuild = RunningWorker.command(servers, empty, rig.pusher(), List.of("rebuild"))
                    .start();
            String output = new String(rebuild.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(rebuild.waitFor()).as(output).isZero();
            assertThat(output).contains("rebuilt: 12,200 rows added, 0 changed, 0 equal, 0 removed; 1 records skipped");
            assertThat(empty.rows()).isEqualTo(rig.inbox().rows());
        }
    }
}
