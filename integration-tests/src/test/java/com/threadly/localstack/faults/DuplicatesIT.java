package com.threadly.localstack.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.threadly.localstack.testing.Servers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Servers.Extension.class)
class DuplicatesIT {

    private static final String DUPLICATES = "threadly_records_total{outcome=\"skipped_duplicate\"";
    private static final String HANDLED = "threadly_records_total{outcome=\"handled\"";

    @Test
    void anEventPublishedAgainIsPushedOnceWhoeverPushedItFirst(Servers servers) throws Exception {
        try (Rig rig = Rig.on(servers)) {
            TestConversations talk = rig.talk();
            WorkerProcess first = rig.worker().awaitReady();
            talk.say(200);
            talk.repeatEverything();
            talk.awaitAll();
            rig.group().awaitCaughtUp();
            assertThat(first.sample(DUPLICATES)).isEqualTo(200);
            first.stop();

            talk.repeatEverything();
            WorkerProcess second = rig.worker().awaitReady();
            talk.say(100);
            talk.awaitAll();
            rig.group().awaitCaughtUp();
            assertThat(second.sample(DUPLICATES)).isEqualTo(200);
            second.kill();

            talk.repeatEverything();
            WorkerProcess third = rig.worker().awaitReady();
            talk.say(100);
            talk.awaitAll();
            rig.group().awaitCaughtUp();
            assertThat(third.sample(DUPLICATES)).isEqualTo(300);
            third.stop();
            talk.verify(Guarantee.NOTHING_LOST, Guarantee.IN_ORDER, Guarantee.ONCE);
        }
    }

    @Test
    void anotherGroupKnowsWhatItHasPushedItself(Servers servers) throws Exception {
        try (Rig rig = Rig.on(servers)) {
            TestConversations talk = rig.talk();
            WorkerProcess first = rig.worker().awaitReady();
            talk.say(50);
            talk.awaitAll();
            rig.group().awaitCaughtUp();
            first.stop();

            var another = Map.of("CONSUMER_GROUP", servers.unique(WorkerProcess.NAME));
            WorkerProcess second = rig.worker(another).awaitReady();
            await().atMost(TestConversations.LIMIT).until(() -> second.sample(HANDLED) == 50);
            assertThat(second.sample(DUPLICATES)).isZero();
            second.stop();

            talk.repeatEverything();
            WorkerProcess third = rig.worker(another).awaitReady();
            await().atMost(TestConversations.LIMIT).until(() -> third.sample(DUPLICATES) == 50);
            assertThat(third.sample(HANDLED)).isZero();
            third.stop();
        }
    }

    @Test
    void whatIsOlderThanTheWindowIsPushedAgain(Servers servers) throws Exception {
        try (Rig rig = Rig.on(servers)) {
            TestConversations talk = rig.talk();
            WorkerProcess worker = rig.worker(Map.of("DEDUP_MAX_IDS", "1")).awaitReady();
            talk.say(200);
            talk.awaitAll();

            talk.repeatEverything();

            rig.group().awaitCaughtUp();
            assertThat(worker.sample(DUPLICATES)).isZero();
            worker.stop();
            talk.verify(Guarantee.NOTHING_LOST, Guarantee.IN_ORDER);
        }
    }
}
