package com.threadly.localstack.faults;

import com.threadly.localstack.servers.KafkaBroker;
import com.threadly.localstack.testing.Servers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(Servers.Extension.class)
class BrokerOutageIT {

    @TempDir
    private Path folder;

    @Test
    void goesOnAloneAfterTheBrokerWasAway(Servers servers) throws Exception {
        int port = servers.ports().next();
        int controllerPort = servers.ports().next();
        KafkaBroker broker = KafkaBroker.start(folder.resolve("kafka"), port, controllerPort);
        try (Rig rig = Rig.onBroker(servers, broker.bootstrapServers())) {
            rig.createTopics();
            WorkerProcess worker = rig.worker().awaitReady();
            TestConversations talk = rig.talk();
            talk.keepTalking();
            talk.awaitMore(500);

            broker.close();
            worker.awaitNotReady("Kafka does not respond");

            broker = KafkaBroker.start(folder.resolve("kafka"), port, controllerPort);
            worker.awaitReady();
            talk.awaitMore(500);
            talk.fallSilent();
            talk.awaitAll();
            rig.group().awaitCaughtUp();
            worker.stop();

            talk.verify(Guarantee.NOTHING_LOST, Guarantee.IN_ORDER, Guarantee.ONCE);
        } finally {
            broker.close();
        }
    }
}
