package com.threadly.localstack.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.threadly.localstack.testing.DeadLetterBox;
import com.threadly.localstack.testing.Servers;
import com.threadly.pusherserver.Fault;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(Servers.Extension.class)
class RebalanceIT {

    @ParameterizedTest
    @ValueSource(strings = {"consumer", "classic"})
    void aSecondProcessComesAndGoesUnnoticed(String protocol, Servers servers) throws Exception {
        Map<String, String> settings = settings(protocol);
        try (Rig rig = Rig.on(servers)) {
            rig.pusher().faults().delay(Duration.ofMillis(20));
            TestConversations talk = rig.talk();
            DeadLetterBox box = rig.deadLetters();
            WorkerProcess first = rig.worker(settings).awaitReady();
            talk.keepTalking();
            talk.awaitMore(300);

            WorkerProcess guest = rig.worker(settings);
            rig.group().awaitSharedBy(2);
            talk.awaitMore(500);
            guest.stop();
            rig.group().awaitSharedBy(1);
            talk.awaitMore(500);
            WorkerProcess heir = rig.worker(settings);
            rig.group().awaitSharedBy(2);
            first.stop();
            talk.awaitMore(500);
            talk.fallSilent();

            talk.awaitAll();
            rig.group().awaitCaughtUp();
            heir.stop();
            talk.verify(Guarantee.NOTHING_LOST, Guarantee.IN_ORDER, Guarantee.ONCE);
            assertThat(box.letters()).isEmpty();
        }
    }

    /** A visit is two rebalances in one to three seconds, so two visitors cause more than one per second. */
    @ParameterizedTest
    @CsvSource({"consumer, 36", "classic, 12"})
    void oneRebalanceAfterTheOtherGoesUnnoticed(String protocol, int visits, Servers servers) throws Exception {
        try (Rig rig = Rig.on(servers)) {
            rig.pusher().faults().delay(Duration.ofMillis(20));
            TestConversations talk = rig.talk();
            WorkerProcess first = rig.worker(settings(protocol)).awaitReady();
            WorkerProcess second = rig.worker(settings(protocol)).awaitReady();
            talk.keepTalking();

            CompletableFuture<Void> oneVisitor = rig.visitor(protocol).visit(visits);
            CompletableFuture<Void> another = rig.visitor(protocol).visit(visits);
            CompletableFuture.allOf(oneVisitor, another).join();
            talk.awaitMore(500);
            talk.fallSilent();
            talk.awaitAll();
            rig.group().awaitCaughtUp();
            assertThat(first.log())
                    .doesNotContain("records in flight did not complete within DRAIN_LIMIT", "partitions lost");
            first.stop();
            second.stop();

            talk.verify(Guarantee.NOTHING_LOST, Guarantee.IN_ORDER, Guarantee.ONCE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"consumer", "classic"})
    void aPusherThatHangsForLongerThanThePollIntervalIsNoReasonForOne(String protocol, Servers servers)
            throws Exception {
        Map<String, String> settings = settings(protocol);
        settings.putAll(Map.of(
                "KAFKA_MAX_POLL_INTERVAL_MS", "3000",
                "PUSHER_TIMEOUT", "10s",
                "PUSH_MAX_WAITING", "50",
                "MAX_HELD_RECORDS", "100"));
        try (Rig rig = Rig.on(servers)) {
            TestConversations talk = rig.talk();
            WorkerProcess worker = rig.worker(settings).awaitReady();
            talk.say(200);
            talk.awaitAll();
            rig.pusher().faults().always(new Fault.Hang());
            talk.say(500);
            await().atMost(TestConversations.LIMIT).until(() -> worker.metric("threadly_partitions_paused") > 0);

            await().during(Duration.ofSeconds(6))
                    .atMost(TestConversations.LIMIT)
                    .until(() ->
                            !worker.log().contains("revoked") && !worker.log().contains("partitions lost"));
            rig.group().awaitSharedBy(1);
            rig.pusher().faults().clear();
            talk.awaitAll();
            rig.group().awaitCaughtUp();
            worker.stop();

            talk.verify(Guarantee.NOTHING_LOST, Guarantee.IN_ORDER, Guarantee.ONCE);
        }
    }

    private static Map<String, String> settings(String protocol) {
        var settings = new HashMap<>(Map.of("PUSH_MAX_IN_FLIGHT", "4", "KAFKA_GROUP_PROTOCOL", protocol));
        if (protocol.equals("classic")) {
            // With the other protocol, the broker decides.
            settings.put("KAFKA_HEARTBEAT_INTERVAL_MS", "500");
        }
        return settings;
    }
}
