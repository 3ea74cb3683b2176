package com.threadly.localstack.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.threadly.localstack.testing.DeadLetterBox;
import com.threadly.localstack.testing.Servers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Servers.Extension.class)
class DeadLetterCommandsIT {

    @Test
    void whatPusherRefusedIsFoundAndRedrivenOnceTheCauseIsGone(Servers servers) throws Exception {
        try (Rig rig = Rig.on(servers)) {
            TestConversations talk = rig.talk();
            DeadLetterBox box = rig.deadLetters();
            String word = servers.unique("refused");
            rig.pusher().faults().reject(word, 413);
            WorkerProcess worker = rig.worker().awaitReady();
            talk.say(100);
            List<Message> refused = talk.say(3, "with the word " + word);
            talk.awaitAllBut(refused);
            rig.group().awaitCaughtUp();
            assertThat(box.letters()).hasSize(3);

            assertThat(rig.run("dlq", "list")).startsWith("TOPIC").contains("message-events", "REJECTED");
            assertThat(rig.run("dlq", "show", "--limit", "3", "--reason", "REJECTED"))
                    .contains(refused.getFirst().id(), word, "Pusher answered 413");
            assertThat(rig.run("dlq", "redrive", "--reason", "REJECTED", "--dry-run"))
                    .contains("3 would be republished to message-events");
            assertThat(talk.arrived()).isEqualTo(100);

            rig.pusher().faults().clear();
            assertThat(rig.run("dlq", "redrive", "--reason", "REJECTED")).contains("3 republished to message-events");
            talk.awaitAll();
            assertThat(rig.run("dlq", "redrive", "--reason", "REJECTED")).contains("no dead letters to redrive");
            rig.runRefused("dlq", "redrive", "--topic", "message-events", "--offset", "0:999");

            await().atMost(TestConversations.LIMIT).until(() -> worker.metric("threadly_push_waiting") == 0);
            rig.group().awaitCaughtUp();
            worker.stop();
            talk.verify(Guarantee.NOTHING_LOST, Guarantee.ONCE);
        }
    }
}
