package com.threadly.localstack.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.events.Topic;
import com.threadly.events.Topics;
import com.threadly.localstack.servers.KafkaBroker;
import com.threadly.localstack.testing.Servers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.FeatureUpdate;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.UpdateFeaturesOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(Servers.Extension.class)
class StartIT {

    @TempDir
    private Path folder;

    @Test
    void namesEverySettingThatIsMissingOrWrongAndNoSecret(Servers servers) throws Exception {
        try (Rig rig = Rig.on(servers)) {
            WorkerProcess worker = rig.worker(Map.of(
                    "KAFKA_BOOTSTRAP_SERVERS", "",
                    "SCHEMA_REGISTRY_URL", "",
                    "PUSHER_KEY", " ",
                    "PUSHER_HOST", "",
                    "PUSHER_TIMEOUT", "soon",
                    "PUSH_MAX_IN_FLIGHT", "0",
                    "COMMIT_INTERVAL", "-1s",
                    "KAFKA_SECURITY_PROTOCOL", "TELNET",
                    "ADMIN_PORT", "99999"));

            assertThat(worker.awaitExit()).isEqualTo(2);
            assertThat(worker.log())
                    .contains("KAFKA_BOOTSTRAP_SERVERS is not set")
                    .contains("SCHEMA_REGISTRY_URL is not set")
                    .contains("PUSHER_KEY is not set")
                    .contains("neither PUSHER_CLUSTER nor PUSHER_HOST is set")
                    .contains("PUSHER_TIMEOUT=soon")
                    .contains("PUSH_MAX_IN_FLIGHT=0")
                    .contains("COMMIT_INTERVAL=-1s")
                    .contains("KAFKA_SECURITY_PROTOCOL is wrong: Invalid value TELNET")
                    .contains("ADMIN_PORT=99999")
                    .doesNotContain(Rig.APP.secret())
                    .doesNotContain("Exception")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void refusesByNameWhatAPromiseRestsOn(Servers servers) throws Exception {
        var settings = Map.of(
                "KAFKA_GROUP_ID", "another",
                "KAFKA_ENABLE_AUTO_COMMIT", "true",
                "KAFKA_ISOLATION_LEVEL", "read_uncommitted",
                "KAFKA_AUTO_OFFSET_RESET", "latest",
                "KAFKA_CLIENT_ID", "mine",
                "KAFKA_ACKS", "1",
                "KAFKA_TRANSACTIONAL_ID", "mine");
        try (Rig rig = Rig.on(servers)) {
            var wrong = new HashMap<>(settings);
            wrong.put("CONSUMER_GROUP", "one-for-all");
            WorkerProcess worker = rig.worker(wrong);

            assertThat(worker.awaitExit()).isEqualTo(2);
            assertThat(worker.log())
                    .contains(settings.keySet().stream()
                            .map(name -> name + " may not be set: ")
                            .toList())
                    .contains("set CONSUMER_GROUP")
                    .contains("CONSUMER_GROUP=one-for-all is wrong: expected")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void waitsForATopicThatIsMissingAndNamesIt(Servers servers) throws Exception {
        try (KafkaBroker broker = KafkaBroker.start(
                        folder.resolve("kafka"),
                        servers.ports().next(),
                        servers.ports().next());
                Rig rig = Rig.onBroker(servers, broker.bootstrapServers())) {
            WorkerProcess worker = rig.worker();
            worker.awaitNotReady("topics are missing: message-events, typing-events");
            assertThat(worker.log()).contains("topics apply", "topics plan");

            createWithoutDeadLetters(broker, Topics.MESSAGE_EVENTS, Topics.TYPING_EVENTS);
            worker.awaitNotReady("topics are missing: message-events.message-fanout-worker.dlq");

            rig.createTopics();
            worker.awaitReady();
            TestConversations talk = rig.talk();
            talk.say(100);
            talk.awaitAll();
            worker.stop();
            talk.verify(Guarantee.NOTHING_LOST, Guarantee.IN_ORDER, Guarantee.ONCE);
            assertThat(worker.log()).doesNotContain(Rig.APP.secret());
        }
    }

    @Test
    void namesTheSettingForBrokersWithoutItsGroupProtocol(Servers servers) throws Exception {
        try (KafkaBroker broker = KafkaBroker.start(
                        folder.resolve("kafka"),
                        servers.ports().next(),
                        servers.ports().next());
                Rig rig = Rig.onBroker(servers, broker.bootstrapServers())) {
            rig.createTopics();
            withoutGroupProtocol(broker);
            WorkerProcess worker = rig.worker();
            worker.awaitNotReady("set KAFKA_GROUP_PROTOCOL=classic");
            assertThat(worker.log()).doesNotContain("\tat ");
            worker.stop();

            WorkerProcess classic = rig.worker(Map.of("KAFKA_GROUP_PROTOCOL", "classic"));
            classic.awaitReady();
            TestConversations talk = rig.talk();
            talk.say(100);
            talk.awaitAll();
            classic.stop();
            talk.verify(Guarantee.NOTHING_LOST, Guarantee.IN_ORDER, Guarantee.ONCE);
        }
    }

    private static void createWithoutDeadLetters(KafkaBroker broker, Topic<?>... topics) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(Stream.of(topics)
                            .map(topic -> new NewTopic(topic.name(), topic.partitions(), (short) 1))
                            .toList())
                    .all()
                    .get();
        }
    }

    /** As brokers before Kafka 4.0 are. */
    private static void withoutGroupProtocol(KafkaBroker broker) throws Exception {
        try (Admin admin =
                Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()))) {
            var off = new FeatureUpdate((short) 0, FeatureUpdate.UpgradeType.SAFE_DOWNGRADE);
            admin.updateFeatures(Map.of("group.version", off), new UpdateFeaturesOptions())
                    .all()
                    .get();
        }
    }

    @Test
    void endsWellWhenToldToStopWhileItWaits(Servers servers) throws Exception {
        try (KafkaBroker broker = KafkaBroker.start(
                        folder.resolve("kafka"),
                        servers.ports().next(),
                        servers.ports().next());
                Rig rig = Rig.onBroker(servers, broker.bootstrapServers())) {
            WorkerProcess worker = rig.worker();
            worker.awaitNotReady("topics are missing");
            worker.stop();
        }
    }

    @Test
    void waitsForAHostUntilANameServerKnowsIt(Servers servers) throws Exception {
        Path hosts = Files.createFile(folder.resolve("hosts"));
        int port = servers.ports().next();
        try (KafkaBroker broker = KafkaBroker.start(
                        folder.resolve("kafka"), port, servers.ports().next());
                Rig rig = Rig.onBroker(servers, broker.bootstrapServers())) {
            rig.createTopics();
            WorkerProcess worker = rig.worker(Map.of(
                    "KAFKA_BOOTSTRAP_SERVERS", "kafka.threadly.test:" + port,
                    "JAVA_TOOL_OPTIONS",
                            "-Dsun.net.inetaddr.negative.ttl=1 -Djdk.net.hosts.file=" + hosts.toAbsolutePath()));

            worker.awaitNotReady("KAFKA_BOOTSTRAP_SERVERS=kafka.threadly.test:" + port);
            assertThat(worker.log()).contains("waiting for Kafka").doesNotContain("\tat ");

            Files.writeString(hosts, "127.0.0.1 kafka.threadly.test\n");
            worker.awaitReady();
            worker.stop();
        }
    }

    @Test
    void endsWellWhenToldToStopWhileKafkaDoesNotAnswer(Servers servers) {
        try (Rig rig = Rig.onBroker(servers, "127.0.0.1:" + servers.ports().next())) {
            WorkerProcess worker = rig.worker();
            worker.awaitNotReady("Kafka does not respond");

            worker.stop();
        }
    }
}
