package com.threadly.localstack.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.localstack.testing.Servers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A process's membership in its group. */
@ExtendWith(Servers.Extension.class)
class MembershipIT {

    @Test
    void aStaticMemberWaitsUntilItsPlaceIsFreeAndTakesOver(Servers servers) throws Exception {
        String id = servers.unique("fan-out");
        var settings = Map.of("KAFKA_GROUP_INSTANCE_ID", id);
        try (Rig rig = Rig.on(servers)) {
            TestConversations talk = rig.talk();
            WorkerProcess killed = rig.worker(settings).awaitReady();
            talk.say(100);
            talk.awaitAll();
            killed.kill();

            WorkerProcess next = rig.worker(settings);
            next.awaitNotReady("another member has KAFKA_GROUP_INSTANCE_ID=" + id);
            talk.say(100);
            next.awaitReady();
            talk.awaitAll();

            WorkerProcess rival = rig.worker(settings);
            rival.awaitNotReady("another member has KAFKA_GROUP_INSTANCE_ID=" + id);
            talk.say(100);
            talk.awaitAll();
            rig.group().awaitCaughtUp();
            next.stop();
            rival.awaitReady();
            talk.say(100);
            talk.awaitAll();
            rig.group().awaitCaughtUp();
            rival.stop();

            talk.verify(Guarantee.NOTHING_LOST, Guarantee.IN_ORDER);
            assertThat(next.log() + rival.log()).doesNotContain("\tat ");
        }
    }

    @Test
    void aStaticMemberThatWaitsEndsWellWhenToldToStop(Servers servers) throws Exception {
        String id = servers.unique("fan-out");
        var settings = Map.of("KAFKA_GROUP_INSTANCE_ID", id);
        try (Rig rig = Rig.on(servers)) {
            rig.worker(settings).awaitReady();
            WorkerProcess rival = rig.worker(settings);
            rival.awaitNotReady("another member has KAFKA_GROUP_INSTANCE_ID=" + id);

            rival.stop();
        }
    }

    @Test
    void isReadyOnlyWhenItHasPartitions(Servers servers) throws Exception {
        try (Rig rig = Rig.on(servers)) {
            rig.worker().awaitReady().kill();

            WorkerProcess heir = rig.worker().awaitReady();

            assertThat(heir.log()).contains("assigned");
            heir.stop();
        }
    }
}
