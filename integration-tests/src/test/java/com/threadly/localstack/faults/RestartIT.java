package com.threadly.localstack.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.localstack.testing.DeadLetterBox;
import com.threadly.localstack.testing.Servers;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Servers.Extension.class)
class RestartIT {

    private static final int TIMES = 3;

    /** Slow enough that much is in flight at any moment. */
    private static final Map<String, String> FEW_SLOTS = Map.of("PUSH_MAX_IN_FLIGHT", "4");

    private static final Duration ROUND_TRIP = Duration.ofMillis(20);

    @Test
    void repeatsAfterACrashOnlyWhatWasNotCommitted(Servers servers) throws Exception {
        try (Rig rig = Rig.on(servers)) {
            rig.pusher().faults().delay(ROUND_TRIP);
            TestConversations talk = rig.talk();
            DeadLetterBox box = rig.deadLetters();
            Set<Message> uncommitted = new HashSet<>();
            talk.keepTalking();
            for (int i = 0; i < TIMES; i++) {
                WorkerProcess doomed = rig.worker(FEW_SLOTS);
                talk.awaitMore(500);
                rig.group().awaitMoreCommitted();
                doomed.kill();
                uncommitted.addAll(talk.notIn(rig.group().committed()));
            }
            WorkerProcess last = rig.worker(FEW_SLOTS);
            talk.awaitMore(500);
            talk.fallSilent();

            talk.awaitAll();
            rig.group().awaitCaughtUp();
            last.stop();
            talk.verify(
                    Guarantee.NOTHING_LOST,
                    Guarantee.IN_ORDER,
                    Guarantee.repeatsOnly(uncommitted),
                    Guarantee.rewindsAtMost(TIMES));
            assertThat(box.letters()).isEmpty();
        }
    }

    @Test
    void repeatsNothingAfterAStop(Servers servers) throws Exception {
        try (Rig rig = Rig.on(servers)) {
            rig.pusher().faults().delay(ROUND_TRIP);
            TestConversations talk = rig.talk();
            talk.keepTalking();
            for (int i = 0; i < TIMES; i++) {
                WorkerProcess worker = rig.worker(FEW_SLOTS);
                talk.awaitMore(500);
                worker.stop();
            }
            WorkerProcess last = rig.worker(FEW_SLOTS);
            talk.awaitMore(500);
            talk.fallSilent();

            talk.awaitAll();
            rig.group().awaitCaughtUp();
            last.stop();
            talk.verify(Guarantee.NOTHING_LOST, Guarantee.IN_ORDER, Guarantee.ONCE);
        }
    }
}
