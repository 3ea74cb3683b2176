package com.threadly.localstack.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.threadly.localstack.testing.DeadLetterBox;
import com.threadly.localstack.testing.Servers;
import com.threadly.pusherserver.Fault;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A process is killed at one step of a record's path, and another takes over. */
@ExtendWith(Servers.Extension.class)
class KillIT {

    @Test
    void afterPollBeforePushNothingIsRepeated(Servers servers) throws Exception {
        try (Rig rig = Rig.on(servers)) {
            TestConversations talk = rig.talk();
            WorkerProcess doomed = rig.worker().awaitReady();
            rig.pusher().faults().always(new Fault.Status(503, null));
            talk.say(300);
            await().atMost(TestConversations.LIMIT).until(() -> doomed.metric("threadly_records_held") == 300);

            doomed.kill();
            rig.pusher().faults().clear();
            WorkerProcess heir = rig.worker();
            talk.awaitAll();
            rig.group().awaitCaughtUp();
            heir.stop();

            talk.verify(Guarantee.NOTHING_LOST, Guarantee.IN_ORDER, Guarantee.ONCE);
        }
    }

    @Test
    void afterPushBeforeItsAnswerOnlyWhatWasInFlightIsRepeated(Servers servers) throws Exception {
        try (Rig rig = Rig.on(servers)) {
            TestConversations talk = rig.talk();
            WorkerProcess doomed = rig.worker(Map.of("PUSHER_TIMEOUT", "1m")).awaitReady();
            talk.say(200);
            talk.awaitAll();
            rig.group().awaitCaughtUp();
            rig.pusher().faults().delay(TestConversations.LIMIT);
            // One per conversation: any more would wait for the first one's answer.
            talk.say(20);
            talk.awaitAll();

            doomed.kill();
            Set<Message> inFlight = talk.notIn(rig.group().committed());
            assertThat(inFlight).hasSize(20);
            rig.pusher().faults().clear();
            WorkerProcess heir = rig.worker();
            talk.say(200);
            talk.awaitAll();
            rig.group().awaitCaughtUp();
            heir.stop();

            talk.verify(
                    Guarantee.NOTHING_LOST,
                    Guarantee.IN_ORDER,
                    Guarantee.repeatsOnly(inFlight),
                    Guarantee.rewindsAtMost(1));
        }
    }

    @Test
    void afterPushBeforeCommitOnlyWhatWasNotCommittedIsRepeated(Servers servers) throws Exception {
        try (Rig rig = Rig.on(servers)) {
            TestConversations talk = rig.talk();
            WorkerProcess first = rig.worker().awaitReady();
            talk.say(200);
            talk.awaitAll();
            rig.group().awaitCaughtUp();
            first.stop();
            WorkerProcess doomed = rig.worker(Map.of("COMMIT_INTERVAL", "1h")).awaitReady();
            talk.say(300);
            talk.awaitAll();

            doomed.kill();
            Set<Message> uncommitted = talk.notIn(rig.group().committed());
            assertThat(uncommitted).hasSize(300);
            WorkerProcess heir = rig.worker();
            talk.say(100);
            talk.awaitAll();
            rig.group().awaitCaughtUp();
            heir.stop();

            talk.verify(
                    Guarantee.NOTHING_LOST,
                    Guarantee.IN_ORDER,
                    Guarantee.repeatsOnly(uncommitted),
                    Guarantee.rewindsAtMost(1));
        }
    }

    @Test
    void duringARevocationOnlyWhatWasNotCommittedIsRepeated(Servers servers) throws Exception {
        Map<String, String> fewSlots = Map.of("PUSH_MAX_IN_FLIGHT", "4");
        try (Rig rig = Rig.on(servers)) {
            TestConversations talk = rig.talk();
            DeadLetterBox box = rig.deadLetters();
            WorkerProcess doomed = rig.worker(fewSlots).awaitReady();
            talk.keepTalking();
            talk.awaitMore(500);
            rig.pusher().faults().delay(Duration.ofSeconds(1));
            WorkerProcess guest = rig.worker(fewSlots);
            // It now waits for what is in flight, which takes seconds at this rate.
            await().atMost(TestConversations.LIMIT).until(() -> doomed.log().contains("revoked"));

            doomed.kill();
            Set<Message> uncommitted = talk.notIn(rig.group().committed());
            rig.pusher().faults().delay(Duration.ZERO);
            rig.group().awaitSharedBy(1);
            talk.awaitMore(500);
            talk.fallSilent();
            talk.awaitAll();
            rig.group().awaitCaughtUp();
            guest.stop();

            talk.verify(
                    Guarantee.NOTHING_LOST,
                    Guarantee.IN_ORDER,
                    Guarantee.repeatsOnly(uncommitted),
                    Guarantee.rewindsAtMost(1));
            assertThat(box.letters()).isEmpty();
        }
    }
}
