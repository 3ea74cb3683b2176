package com.threadly.localstack.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.threadly.localstack.testing.Servers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process that stands still for so long that others have its partitions, and then goes on, as a paused VM does. */
@ExtendWith(Servers.Extension.class)
class FreezeIT {

    private static final int SLOTS = 4;
    private static final int EVENTS_A_REQUEST = 10;

    @ParameterizedTest
    @ValueSource(strings = {"consumer", "classic"})
    void repeatsOnlyWhatWasInFlightOrNotCommitted(String protocol, Servers servers) throws Exception {
        Map<String, String> settings = settings(protocol);
        try (Rig rig = Rig.on(servers)) {
            TestConversations talk = rig.talk();
            WorkerProcess frozen = rig.worker(settings).awaitReady();
            rig.pusher().faults().delay(Duration.ofMillis(100));
            talk.say(3_000);
            await().atMost(TestConversations.LIMIT).until(() -> frozen.metric("threadly_records_held") > 1_000);
            talk.awaitMore(100);

            frozen.freeze();
            Set<Message> before = talk.seen();
            assertThat(before).hasSizeLessThan(2_000);
            rig.pusher().faults().delay(Duration.ZERO);
            WorkerProcess heir = rig.worker(settings);
            talk.awaitAll();
            rig.group().awaitCaughtUp();

            frozen.thaw();
            rig.group().awaitSharedBy(2);
            talk.say(200);
            talk.awaitAll();
            rig.group().awaitCaughtUp();
            heir.stop();
            frozen.stop();

            talk.verify(
                    Guarantee.NOTHING_LOST,
                    Guarantee.IN_ORDER,
                    Guarantee.repeatsAtMost(SLOTS * EVENTS_A_REQUEST, before));
            assertThat(frozen.log()).contains("partitions lost;");
        }
    }

    private static Map<String, String> settings(String protocol) {
        var settings =
                new HashMap<>(Map.of("PUSH_MAX_IN_FLIGHT", Integer.toString(SLOTS), "KAFKA_GROUP_PROTOCOL", protocol));
        if (protocol.equals("classic")) {
            // Of the other protocol, the broker decides.
            settings.put("KAFKA_SESSION_TIMEOUT_MS", "6000");
            settings.put("KAFKA_HEARTBEAT_INTERVAL_MS", "500");
        }
        return settings;
    }
}
