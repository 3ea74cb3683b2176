package com.threadly.provisioner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.threadly.events.TopicReader;
import com.threadly.events.Topics;
import com.threadly.localstack.bootstrap.TopicCreator;
import com.threadly.localstack.process.ChildProcess;
import com.threadly.localstack.process.Program;
import com.threadly.localstack.servers.SecuredBroker;
import com.threadly.localstack.testing.Servers;
import com.threadly.provisioner.access.KafkaRights;
import com.threadly.pusherserver.PusherApp;
import com.threadly.pusherserver.PusherServer;
import com.threadly.pusherserver.PusherServerOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Every deployable and command, on a broker that allows it what {@link KafkaRights} lists and nothing else. */
@ExtendWith(Servers.Extension.class)
class KafkaRightsIT {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final PusherApp APP = new PusherApp("app-id", "app-key", "app-secret");
    private static final List<String> DEPLOYABLES =
            TopicReader.all().stream().map(TopicReader::deployable).toList();

    private static final String PROVISIONER = "provisioner";
    private static final String OPERATOR = "operator";
    private static final String REBUILD = "rebuild";
    private static final List<String> EVERYONE = Stream.concat(
                    DEPLOYABLES.stream(), Stream.of(PROVISIONER, OPERATOR, REBUILD))
            .toList();

    private final Servers servers;
    private final List<ChildProcess> processes = new ArrayList<>();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    private Path folder;

    @SuppressWarnings("NullAway.Init") // Before each test.
    private SecuredBroker broker;

    @SuppressWarnings("NullAway.Init") // Before each test.
    private PusherServer pusher;

    KafkaRightsIT(Servers servers) {
        this.servers = servers;
    }

    @BeforeEach
    void start() throws Exception {
        broker = SecuredBroker.start(folder.resolve("kafka"), servers.ports(), EVERYONE);
        pusher = PusherServer.start(APP, PusherServerOptions.defaults());
    }

    @AfterEach
    void stop() {
        processes.forEach(ChildProcess::close);
        pusher.close();
        broker.close();
    }

    @Test
    void areEnoughForEveryDeployable() throws Exception {
        broker.create(TopicReader.all().stream()
                .flatMap(reader ->
                        reader.topics().stream().map(topic -> new TopicCreator.Reader(topic, reader.deployable())))
                .toArray(TopicCreator.Reader[]::new));
        broker.allow(KafkaRights.all());
        DEPLOYABLES.forEach(deployable -> launch(deployable, databaseOf(deployable)));
        processes.forEach(process -> process.awaitReady(LIMIT));

        // Each puts aside what it cannot read, from every topic that it reads.
        try (var administrator = producer(Map.of("bootstrap.servers", broker.asAdministrator()))) {
            for (var topic : Topics.all()) {
                administrator
                        .send(new ProducerRecord<>(topic.name(), "key", "no event".getBytes(StandardCharsets.UTF_8)))
                        .get();
            }
        }
        List<String> deadLetters = TopicReader.all().stream()
                .flatMap(reader -> reader.topics().stream().map(topic -> topic.deadLetters(reader.deployable())))
                // Presence of users is read only where digests are suppressed.
                .filter(name -> !name.equals(Topics.USER_PRESENCE.deadLetters("notification-worker")))
                .toList();
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.asAdministrator()))) {
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(deadLetters)
                            .allSatisfy(name ->
                                    assertThat(records(admin, name)).as(name).isPositive()));
        }
        for (String deployable : DEPLOYABLES) {
            assertThat(Files.readString(folder.resolve(deployable + ".log")))
                    .as(deployable)
                    .doesNotContainIgnoringCase("not authorized")
                    .doesNotContain("AuthorizationException");
        }
    }

    @Test
    void areEnoughForTheProvisioner() throws Exception {
        broker.allow(KafkaRights.all());
        Map<String, String> login = broker.environment(PROVISIONER);

        assertThat(JarCommand.run(PROVISIONER, login, "topics", "plan").code()).isEqualTo(3);
        assertThat(JarCommand.run(PROVISIONER, login, "topics", "apply").code()).isZero();
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(JarCommand.run(PROVISIONER, login, "topics", "plan")
                                .code())
                        .isZero());

        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.asAdministrator()))) {
            var typing = new ConfigResource(ConfigResource.Type.TOPIC, Topics.TYPING_EVENTS.name());
            var shorter = new AlterConfigOp(new ConfigEntry("retention.ms", "1800000"), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(Map.of(typing, List.of(shorter)))
                    .all()
                    .get();
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(JarCommand.run(PROVISIONER, login, "topics", "plan")
                                    .code())
                            .isEqualTo(3));
        }
        assertThat(JarCommand.run(PROVISIONER, login, "topics", "apply").code()).isZero();
    }

    @Test
    void areEnoughForOperatorsCommands() throws Exception {
        TopicReader worker = TopicReader.NOTIFICATION_WORKER;
        broker.create(worker.topics().stream()
                .map(topic -> new TopicCreator.Reader(topic, worker.deployable()))
                .toArray(TopicCreator.Reader[]::new));
        broker.allow(KafkaRights.all());
        var inbox = database("inbox");
        launch(worker.deployable(), inbox).awaitReady(LIMIT);
        try (var administrator = producer(Map.of("bootstrap.servers", broker.asAdministrator()));
                Admin admin =
                        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.asAdministrator()))) {
            administrator
                    .send(new ProducerRecord<>(Topics.ORDER_EVENTS.name(), 0, "key", new byte[] {1, 2, 3}))
                    .get();
            String deadLetters = Topics.ORDER_EVENTS.deadLetters(worker.deployable());
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(records(admin, deadLetters)).isPositive());
        }

        var operator = new HashMap<>(broker.environment(OPERATOR));
        operator.put("SCHEMA_REGISTRY_URL", servers.registry().toString());
        for (String command : List.of(
                "dlq list",
                "dlq show",
                "dlq redrive --all",
                "dlq skip --force " + Topics.ORDER_EVENTS.name() + "-0@0")) {
            JarCommand outcome = JarCommand.run(worker.deployable(), operator, command.split(" "));
            assertThat(outcome.code()).as("%s %s", command, outcome).isZero();
            assertThat(outcome.out()).as(command).contains(Topics.ORDER_EVENTS.name());
        }

        var rebuild = new HashMap<>(broker.environment(REBUILD));
        rebuild.put("SCHEMA_REGISTRY_URL", servers.registry().toString());
        rebuild.putAll(inbox);
        JarCommand outcome = JarCommand.run(worker.deployable(), rebuild, "rebuild");
        assertThat(outcome.code()).as("%s", outcome).isZero();
        assertThat(outcome.err()).doesNotContain("cannot check");
    }

    @Test
    void areNotMore() throws Exception {
        broker.create();
        broker.allow(KafkaRights.all());
        try (Admin admin = Admin.create(broker.client(PROVISIONER))) {
            assertThatThrownBy(() -> admin.deleteTopics(List.of(Topics.TYPING_EVENTS.name()))
                            .all()
                            .get())
                    .hasCauseInstanceOf(TopicAuthorizationException.class);
        }
        for (String deployable : EVERYONE) {
            if (deployable.equals(OPERATOR)) {
                // Redrives to any topic.
                continue;
            }
            try (var producer = producer(broker.client(deployable))) {
                for (var topic :
                        List.of(Topics.MESSAGE_EVENTS, Topics.ORDER_EVENTS, Topics.CONVERSATION_MEMBER_EVENTS)) {
                    assertThatThrownBy(() -> producer.send(new ProducerRecord<>(topic.name(), "key", new byte[0]))
                                    .get())
                            .as(deployable + " " + topic.name())
                            .isInstanceOf(ExecutionException.class)
                            .hasCauseInstanceOf(TopicAuthorizationException.class);
                }
            }
        }
    }

    private static long records(Admin admin, String topic) throws Exception {
        var partitions = admin.describeTopics(List.of(topic))
                .allTopicNames()
                .get()
                .values()
                .iterator()
                .next()
                .partitions();
        var asked = new HashMap<TopicPartition, OffsetSpec>();
        partitions.forEach(
                partition -> asked.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest()));
        return admin.listOffsets(asked).all().get().values().stream()
                .mapToLong(end -> end.offset())
                .sum();
    }

    private static KafkaProducer<String, byte[]> producer(Map<String, Object> config) {
        var all = new HashMap<>(config);
        all.put("max.block.ms", 10_000);
        return new KafkaProducer<>(all, new StringSerializer(), new ByteArraySerializer());
    }

    private Map<String, String> databaseOf(String deployable) {
        return switch (deployable) {
            case "gateway" -> database("gateway");
            case "notification-worker" -> database("inbox");
            default -> Map.of();
        };
    }

    private ChildProcess launch(String deployable, Map<String, String> database) {
        int adminPort = servers.ports().next();
        var environment = new HashMap<>(broker.environment(deployable));
        environment.putAll(Map.ofEntries(
                Map.entry("ADMIN_HOST", "127.0.0.1"),
                Map.entry("ADMIN_PORT", Integer.toString(adminPort)),
                Map.entry("SCHEMA_REGISTRY_URL", servers.registry().toString()),
                Map.entry("START_AT", "earliest"),
                Map.entry("PUSHER_APP_ID", APP.id()),
                Map.entry("PUSHER_KEY", APP.key()),
                Map.entry("PUSHER_SECRET", APP.secret()),
                Map.entry("PUSHER_HOST", pusher.host() + ":" + pusher.port()),
                Map.entry("PUSHER_TLS", "false")));
        environment.putAll(database);
        switch (deployable) {
            case "gateway" -> {
                environment.put("HTTP_HOST", "127.0.0.1");
                environment.put("HTTP_PORT", Integer.toString(servers.ports().next()));
                environment.put("AUTH_DEVELOPMENT_SECRET", "a secret that nobody but tests may know");
                environment.remove("START_AT");
            }
            case "presence-aggregator" ->
                environment.put("STATE_DIR", folder.resolve("state").toString());
            default -> {}
        }
        var process = ChildProcess.start(
                Program.ofJar(
                        deployable,
                        Path.of(
                                System.getProperty("threadly.home", ".."),
                                deployable + "/target/" + deployable + ".jar"),
                        List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                        environment,
                        folder.resolve(deployable + ".log"),
                        adminPort),
                servers.watchdog());
        processes.add(process);
        return process;
    }

    private Map<String, String> database(String stem) {
        return Map.of(
                "DATABASE_URL", servers.database().create(servers.unique(stem)),
                "DATABASE_USER", servers.database().user(),
                "DATABASE_PASSWORD", servers.database().password());
    }
}
