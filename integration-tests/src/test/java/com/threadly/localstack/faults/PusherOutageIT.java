package com.threadly.localstack.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.threadly.deadletter.DeadLetterHeaders;
import com.threadly.localstack.testing.DeadLetterBox;
import com.threadly.localstack.testing.Servers;
import com.threadly.pusherserver.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Servers.Extension.class)
class PusherOutageIT {

    private static final int HELD = 200;
    private static final int POLLED = 50;

    private static final List<Fault> FAULTS = List.of(
            new Fault.Status(500, null),
            new Fault.Hang(),
            new Fault.Status(429, Duration.ofSeconds(1)),
            new Fault.Status(401, null),
            new Fault.Status(403, null),
            new Fault.HalfAnswer(),
            new Fault.NotJson(400),
            new Fault.NotJson(502));

    @Test
    void deliversEverythingAfterEachWayToFail(Servers servers) throws Exception {
        try (Rig rig = Rig.on(servers)) {
            TestConversations talk = rig.talk();
            DeadLetterBox box = rig.deadLetters();
            WorkerProcess worker = rig.worker(Map.of("PUSHER_TIMEOUT", "1s")).awaitReady();
            talk.say(100);
            talk.awaitAll();

            for (Fault fault : FAULTS) {
                rig.pusher().faults().always(fault);
                talk.say(200);
                worker.awaitNotReady("\"pusher\":");
                double retries = worker.metric("threadly_push_retries_total");
                await().atMost(TestConversations.LIMIT)
                        .until(() -> worker.metric("threadly_push_retries_total") > retries);
                int arrived = talk.arrived();
                talk.say(100);
                assertThat(talk.arrived()).as("during %s", fault).isEqualTo(arrived);
                rig.pusher().faults().clear();

                talk.awaitAll();
                worker.awaitReady();
            }

            rig.group().awaitCaughtUp();
            worker.stop();
            talk.verify(Guarantee.NOTHING_LOST, Guarantee.IN_ORDER, Guarantee.ONCE);
            assertThat(box.letters()).isEmpty();
        }
    }

    @Test
    void holdsBoundedAmountsWhilePusherIsDown(Servers servers) throws Exception {
        try (Rig rig = Rig.on(servers)) {
            TestConversations talk = rig.talk();
            rig.pusher().faults().always(new Fault.Status(503, null));
            WorkerProcess worker = rig.worker(Map.of(
                            "MAX_HELD_RECORDS", Integer.toString(HELD),
                            "KAFKA_MAX_POLL_RECORDS", Integer.toString(POLLED),
                            "PUSH_MAX_IN_FLIGHT", "3"))
                    .awaitReady();
            Map<TopicPartition, Long> before = rig.group().ends();
            talk.say(2_000);
            long busy = rig.group().ends().entrySet().stream()
                    .filter(end -> end.getValue() > before.getOrDefault(end.getKey(), 0L))
                    .count();

            await().atMost(TestConversations.LIMIT).until(() -> worker.metric("threadly_partitions_paused") >= busy);
            // At least the shares of those that are paused; at most the limit, plus one poll that may have exceeded it.
            assertThat(worker.metric("threadly_records_held")).isBetween(busy * HELD / 48.0, 1.0 * HELD + POLLED);
            await().atMost(TestConversations.LIMIT).until(() -> worker.metric("threadly_push_circuit_open") == 1);
            assertThat(worker.metric("threadly_push_in_flight")).isBetween(0.0, 3.0);
            rig.pusher().faults().clear();

            talk.awaitAll();
            rig.group().awaitCaughtUp();
            worker.stop();
            talk.verify(Guarantee.NOTHING_LOST, Guarantee.IN_ORDER, Guarantee.ONCE);
        }
    }

    @Test
    void stopsCleanlyWhilePusherIsDownAndTheNextProcessDelivers(Servers servers) throws Exception {
        try (Rig rig = Rig.on(servers)) {
            TestConversations talk = rig.talk();
            WorkerProcess first = rig.worker(Map.of("DRAIN_LIMIT", "1s")).awaitReady();
            talk.say(100);
            talk.awaitAll();
            rig.pusher().faults().always(new Fault.Status(500, null));
            talk.say(200);
            first.awaitNotReady("HTTP 500");
            first.stop();
            // Each is waited for once, not again when the group is left.
            assertThat(first.log()
                            .lines()
                            .filter(line -> line.contains("records in flight did not complete within DRAIN_LIMIT")))
                    .extracting(line -> line.substring(line.indexOf("partition=")))
                    .isNotEmpty()
                    .doesNotHaveDuplicates();
            rig.pusher().faults().clear();

            WorkerProcess second = rig.worker().awaitReady();
            talk.awaitAll();
            rig.group().awaitCaughtUp();
            second.stop();
            talk.verify(Guarantee.NOTHING_LOST, Guarantee.IN_ORDER, Guarantee.ONCE);
        }
    }

    @Test
    void aConversationThatPusherFailsOnDelaysOnlyItself(Servers servers) throws Exception {
        try (Rig rig = Rig.on(servers)) {
            TestConversations others = rig.talk();
            TestConversations poor = rig.talk();
            DeadLetterBox box = rig.deadLetters();
            WorkerProcess worker = rig.worker(Map.of("PUSH_MAX_IN_FLIGHT", "4")).awaitReady();
            rig.pusher().faults().reject("a word that breaks Pusher", 500);
            poor.say(20, "with a word that breaks Pusher");

            others.say(500);
            others.awaitAll();
            assertThat(poor.arrived()).isZero();
            rig.pusher().faults().clear();

            poor.awaitAll();
            rig.group().awaitCaughtUp();
            worker.stop();
            for (TestConversations talk : List.of(others, poor)) {
                talk.verify(Guarantee.NOTHING_LOST, Guarantee.IN_ORDER, Guarantee.ONCE);
            }
            assertThat(box.letters()).isEmpty();
        }
    }

    @Test
    void aMessageThatIsBlockedOnTheWayDelaysOnlyItsConversationAndIsSetAside(Servers servers) throws Exception {
        try (Rig rig = Rig.on(servers)) {
            TestConversations others = rig.talk();
            TestConversations poor = rig.talk();
            DeadLetterBox box = rig.deadLetters();
            WorkerProcess worker = rig.worker(Map.of("PUSH_MAX_IN_FLIGHT", "4")).awaitReady();
            rig.pusher().faults().reject("a word that a firewall blocks", 403);
            others.say(100);
            List<Message> blocked = poor.say(1, "with a word that a firewall blocks");
            poor.say(60);

            await().atMost(TestConversations.LIMIT).until(() -> {
                others.say(20);
                others.awaitAll();
                assertThat(worker.metric("threadly_push_circuit_open")).isZero();
                return worker.metric("threadly_dead_letters_total") > 0;
            });

            poor.awaitAllBut(blocked);
            rig.group().awaitCaughtUp();
            worker.stop();
            others.verify(Guarantee.NOTHING_LOST, Guarantee.IN_ORDER, Guarantee.ONCE);
            poor.verifyAllBut(blocked, Guarantee.NOTHING_LOST, Guarantee.IN_ORDER, Guarantee.ONCE);
            assertThat(box.letters()).singleElement().satisfies(letter -> {
                assertThat(letter.key()).isEqualTo(blocked.getFirst().conversation());
                assertThat(DeadLetterBox.header(letter, DeadLetterHeaders.REASON))
                        .isEqualTo("REJECTED");
                assertThat(DeadLetterBox.header(letter, DeadLetterHeaders.MESSAGE))
                        .contains("403");
            });
        }
    }
}
