package com.threadly.localstack.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.threadly.events.Topics;
import com.threadly.localstack.servers.KafkaCluster;
import com.threadly.localstack.testing.Servers;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Three brokers and three replicas, two of which must acknowledge: one broker at a time may fail in any way. */
@ExtendWith(Servers.Extension.class)
class ThreeBrokersIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final List<Integer> BROKERS = List.of(1, 2, 3);
    private static final Map<String, String> FEW_SLOTS = Map.of("PUSH_MAX_IN_FLIGHT", "4");

    /** When a broker is killed, one message per conversation may be on its way: stored, but not known to be. */
    private static final int BEING_SENT = 20;

    @TempDir
    private static Path folder;

    private static KafkaCluster cluster;
    private static Admin admin;

    @BeforeAll
    static void start(Servers servers) {
        cluster = KafkaCluster.start(
                folder,
                BROKERS.stream()
                        .map(_ -> KafkaCluster.Ports.of(servers.ports().next(), servers.ports()))
                        .toList(),
                servers.log("brokers").resolveSibling(servers.unique("brokers")),
                servers.watchdog());
        admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()));
    }

    @AfterAll
    static void stop() {
        admin.close();
        cluster.close();
    }

    /** Something to do while a broker is away. */
    private interface Meanwhile {
        void with(int broker) throws Exception;
    }

    @Test
    void losesNothingWhenLeadersAreKilledOneAfterAnother(Servers servers) throws Exception {
        kill(BROKERS, _ -> {}, servers);
    }

    @Test
    void losesNothingWhenTheControllerIsKilled(Servers servers) throws Exception {
        kill(List.of(controller()), killed -> await().atMost(LIMIT).until(() -> controller() != killed), servers);
    }

    @Test
    void losesNothingWhenABrokerComesBackWithoutTheEndOfItsLogs(Servers servers) throws Exception {
        kill(List.of(2), killed -> assertThat(halveLogs(cluster.folder(killed))).isPositive(), servers);
    }

    @Test
    void repeatsNothingWhenAllBrokersAreRestartedInTurn(Servers servers) throws Exception {
        try (Rig rig = rig(servers)) {
            // The broker that is asked may not have heard of the topic yet.
            await().atMost(LIMIT)
                    .ignoreExceptionsInstanceOf(ExecutionException.class)
                    .untilAsserted(() -> assertThat(minInSync()).isEqualTo("2"));
            WorkerProcess worker = rig.worker().awaitReady();
            TestConversations talk = rig.talk();
            talk.keepTalking();
            for (int broker : BROKERS) {
                talk.awaitMore(300);
                cluster.process(broker).stop(LIMIT);
                talk.awaitMore(300);
                cluster.restart(broker);
                awaitInSync();
            }
            talk.awaitMore(300);
            talk.fallSilent();
            talk.awaitAll();
            rig.group().awaitCaughtUp();
            worker.stop();

            talk.verify(Guarantee.NOTHING_LOST, Guarantee.IN_ORDER, Guarantee.ONCE);
        }
    }

    /** Kills each of {@code brokers} under load, and starts it again when traffic goes on without it. */
    private static void kill(List<Integer> brokers, Meanwhile meanwhile, Servers servers) throws Exception {
        try (Rig rig = rig(servers)) {
            WorkerProcess worker = rig.worker(FEW_SLOTS).awaitReady();
            TestConversations talk = rig.talk();
            Set<Message> uncommitted = new HashSet<>();
            talk.keepTalking();
            for (int broker : brokers) {
                talk.awaitMore(300);
                Map<TopicPartition, Long> committed = rig.group().committed();
                cluster.process(broker).kill();
                uncommitted.addAll(talk.notIn(committed));
                meanwhile.with(broker);
                talk.awaitMore(300);
                cluster.restart(broker);
                awaitInSync();
            }
            talk.awaitMore(300);
            talk.fallSilent();
            talk.awaitAll();
            rig.group().awaitCaughtUp();
            worker.stop();

            talk.verify(
                    Guarantee.NOTHING_LOST,
                    Guarantee.IN_ORDER,
                    Guarantee.repeatsAtMost(BEING_SENT * brokers.size(), uncommitted));
        }
    }

    private static Rig rig(Servers servers) {
        Rig rig = Rig.onBroker(servers, cluster.bootstrapServers());
        rig.createTopics();
        return rig;
    }

    private static int controller() throws Exception {
        return admin.describeMetadataQuorum().quorumInfo().get().leaderId();
    }

    private static String minInSync() throws Exception {
        var topic = new ConfigResource(ConfigResource.Type.TOPIC, Topics.MESSAGE_EVENTS.name());
        return Objects.requireNonNull(
                        admin.describeConfigs(List.of(topic)).all().get().get(topic))
                .get(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG)
                .value();
    }

    /** Until each partition has all its replicas again. */
    private static void awaitInSync() {
        await().atMost(LIMIT)
                .ignoreExceptionsInstanceOf(ExecutionException.class)
                .until(() ->
                        admin.describeTopics(admin.listTopics().names().get()).allTopicNames().get().values().stream()
                                .flatMap(topic -> topic.partitions().stream())
                                .allMatch(partition -> partition.isr().size() == BROKERS.size()));
    }

    /** As after a crash of its machine, which loses what was not flushed. Returns how many bytes were lost. */
    private static long halveLogs(Path broker) throws IOException {
        long lost = 0;
        try (Stream<Path> files = Files.walk(broker)) {
            List<Path> logs = files.filter(file -> file.toString().endsWith(".log"))
                    .filter(file -> broker.relativize(file).toString().startsWith(Topics.MESSAGE_EVENTS.name()))
                    .toList();
            for (Path log : logs) {
                long half = Files.size(log) / 2;
                lost += Files.size(log) - half;
                try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
                    channel.truncate(half);
                }
            }
        }
        return lost;
    }
}
