package com.threadly.localstack.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.localstack.testing.Servers;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A group that has committed nothing, beside topics that hold records. */
@ExtendWith(Servers.Extension.class)
class FirstStartIT {

    @Test
    void onlyWhatIsPublishedSinceIsPushedAndNothingOfThatIsLostBeforeTheFirstRecord(Servers servers) throws Exception {
        String group = servers.unique("message-fanout-worker-first");
        Map<String, String> settings = Map.of("CONSUMER_GROUP", group, "START_AT", "now");
        try (Rig rig = Rig.on(servers);
                Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", servers.kafka()))) {
            TestConversations old = rig.talk();
            old.say(200);
            WorkerProcess first = rig.worker(settings).awaitReady();
            assertThat(first.log()).contains("these partitions have no committed offsets");
            first.stop();
            assertThat(admin.listConsumerGroupOffsets(group)
                            .partitionsToOffsetAndMetadata()
                            .get())
                    .as("positions of idle partitions, too")
                    .hasSameSizeAs(rig.group().ends());

            TestConversations since = rig.talk();
            since.say(40);
            WorkerProcess second = rig.worker(settings).awaitReady();
            since.awaitAll();
            second.stop();

            since.verify(Guarantee.NOTHING_LOST);
            assertThat(old.arrived()).as("history that was pushed").isZero();
        }
    }
}
