package com.threadly.pusher;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.pusher.SendResult.Blocked;
import com.threadly.pusher.SendResult.Rejected;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RejectionPolicyTest {

    private static final Blocked BLOCKED = new Blocked(403, "refused");
    private static final Rejected REJECTED = new Rejected(400, "too long");

    private final RejectionPolicy policy = new RejectionPolicy();
    private final QueuedPush event = event("blamed");

    @Test
    void believesPusherAtOnce() {
        assertThat(policy.judge(event, REJECTED)).isEqualTo(REJECTED);
    }

    @Test
    void doesNotBelieveThatEverythingIsAtFault() {
        long believed = IntStream.range(0, 100)
                .filter(i -> policy.judge(event("c" + i), REJECTED) instanceof Rejected)
                .count();
        assertThat(believed).isEqualTo(RejectionPolicy.MAX_REJECTIONS_IN_A_ROW);

        assertThat(policy.judge(REJECTED)).as("of several at once").isEqualTo(new Blocked(400, "too long"));

        policy.delivered();

        assertThat(policy.judge(REJECTED)).as("of several at once").isEqualTo(REJECTED);
        assertThat(policy.judge(event, REJECTED)).isEqualTo(REJECTED);
    }

    @Test
    void waitsWhileEverythingIsRefused() {
        for (int i = 0; i < 1000; i++) {
            assertThat(policy.judge(event, BLOCKED)).isEqualTo(BLOCKED);
        }
    }

    @Test
    void rejectsWhatIsRefusedAgainAndAgainWhileOthersGetThrough() {
        for (int i = 0; i < RejectionPolicy.MIN_REPETITIONS; i++) {
            assertThat(policy.judge(event, BLOCKED)).isEqualTo(BLOCKED);
            assertThat(policy.judge(event, BLOCKED)).as("without a delivery").isEqualTo(BLOCKED);
            policy.delivered();
        }
        assertThat(policy.judge(event, BLOCKED)).isEqualTo(new Rejected(403, "refused"));
    }

    @Test
    void waitsWhileManyAreRefusedAndSomeGetThrough() {
        QueuedPush other = event("other");
        for (int i = 0; i < 100; i++) {
            assertThat(policy.judge(event, BLOCKED)).isEqualTo(BLOCKED);
            assertThat(policy.judge(other, BLOCKED)).isEqualTo(BLOCKED);
            for (int delivered = 0; delivered < 8; delivered++) {
                policy.delivered();
            }
        }
    }

    @Test
    void anOutageInBetweenBeginsTheCountAgain() {
        for (int i = 0; i < RejectionPolicy.MIN_REPETITIONS; i++) {
            policy.judge(event, BLOCKED);
            policy.delivered();
        }
        IntStream.range(0, 20).forEach(i -> policy.judge(event("c" + i), BLOCKED));
        assertThat(policy.judge(event, BLOCKED)).isEqualTo(BLOCKED);
        policy.delivered();
        assertThat(policy.judge(event, BLOCKED)).isEqualTo(BLOCKED);
    }

    private static QueuedPush event(String channel) {
        return new QueuedPush(new PushEvent(channel, "e", "{}"), new NobodyWaits(), new ChannelQueue(channel), 1);
    }
}
