package com.threadly.localstack.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.localstack.servers.SchemaRegistry;
import com.threadly.localstack.testing.DeadLetterBox;
import com.threadly.localstack.testing.Servers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(Servers.Extension.class)
class RegistryOutageIT {

    @TempDir
    private Path folder;

    @Test
    void waitsForARegistryThatIsDownAtTheStartOrInTheMiddle(Servers servers) throws Exception {
        int port = servers.ports().next();
        SchemaRegistry registry = start(servers, port);
        try (Rig rig = Rig.on(servers, registry.url())) {
            TestConversations talk = rig.talk();
            DeadLetterBox box = rig.deadLetters();
            var newer = new NewerService(registry.url());
            talk.say(100);
            newer.prepare();

            registry.close();
            WorkerProcess worker = rig.worker();
            worker.awaitNotReady("registry");
            assertThat(talk.arrived()).isZero();
            registry = start(servers, port);
            worker.awaitReady();
            talk.awaitAll();

            registry.close();
            // Schemas that the worker has already read need no registry.
            talk.say(100);
            talk.awaitAll();
            int arrived = talk.arrived();
            newer.say(talk, rig.service());
            talk.say(200);
            worker.awaitNotReady("registry");
            assertThat(talk.arrived()).isLessThan(arrived + 200);
            registry = start(servers, port);
            worker.awaitReady();

            talk.awaitAll();
            rig.group().awaitCaughtUp();
            worker.stop();
            talk.verify(Guarantee.NOTHING_LOST, Guarantee.IN_ORDER, Guarantee.ONCE);
            assertThat(box.letters()).isEmpty();
        } finally {
            registry.close();
        }
    }

    @Test
    void waitsForARegistryThatHasLostItsData(Servers servers) throws Exception {
        int port = servers.ports().next();
        SchemaRegistry registry = start(servers, port);
        try (Rig rig = Rig.on(servers, registry.url())) {
            TestConversations talk = rig.talk();
            DeadLetterBox box = rig.deadLetters();
            var newer = new NewerService(registry.url());
            talk.say(100);
            newer.prepare();
            WorkerProcess worker = rig.worker();
            worker.awaitReady();
            talk.awaitAll();

            registry.close();
            registry = start(servers, port, "empty");
            newer.say(talk, rig.service());
            talk.say(100);
            worker.awaitNotReady("does not know the schemas");
            assertThat(box.letters()).isEmpty();
            registry.close();
            registry = start(servers, port);
            worker.awaitReady();

            talk.awaitAll();
            rig.group().awaitCaughtUp();
            worker.stop();
            talk.verify(Guarantee.NOTHING_LOST, Guarantee.IN_ORDER, Guarantee.ONCE);
            assertThat(box.letters()).isEmpty();
        } finally {
            registry.close();
        }
    }

    private SchemaRegistry start(Servers servers, int port) {
        return start(servers, port, "registry");
    }

    private SchemaRegistry start(Servers servers, int port, String data) {
        return SchemaRegistry.start(
                Servers.registryProgram(),
                folder.resolve(data),
                port,
                folder.resolve("registry.log"),
                servers.watchdog());
    }
}
