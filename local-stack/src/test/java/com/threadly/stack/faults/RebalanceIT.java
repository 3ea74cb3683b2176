package com.threadly.stack.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.stack.testing.Servers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(Servers.Extension.class)
class RebalanceIT {

    @ParameterizedTest
    @ValueSource(strings = {"consumer", "classic"})
    void aSecondProcessComesAndGoesUnnoticed(String protocol, Servers servers) throws Exception {
        var settings = new HashMap<>(Map.of("PUSH_MAX_IN_FLIGHT", "4", "KAFKA_GROUP_PROTOCOL", protocol));
        if (protocol.equals("classic")) {
            // Of the other protocol, the broker decides.
            settings.put("KAFKA_HEARTBEAT_INTERVAL_MS", "500");
        }
        try (Rig rig = Rig.on(servers)) {
            rig.pusher().faults().delay(Duration.ofMillis(20));
            Talk talk = rig.talk();
            DeadLetterBox box = rig.deadLetters();
            Worker first = rig.worker(settings).awaitReady();
            talk.keepTalking();
            talk.awaitMore(300);

            Worker guest = rig.worker(settings);
            rig.group().awaitSharedBy(2);
            talk.awaitMore(500);
            guest.stop();
            rig.group().awaitSharedBy(1);
            talk.awaitMore(500);
            Worker heir = rig.worker(settings);
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
}
