package com.threadly.localstack.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.threadly.events.Topics;
import com.threadly.localstack.servers.KafkaBroker;
import com.threadly.localstack.testing.Servers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Committed offsets that do not match the logs, on a broker whose logs may be damaged. */
@ExtendWith(Servers.Extension.class)
class CommittedOffsetsIT {

    /** So many that the read-back finds nothing of what was pushed. */
    private static final Map<String, String> NO_WINDOW = Map.of("DEDUP_WINDOW", "1ms");

    private static final int BEYOND = 10;
    private static final int PARTITIONS = 12;

    @TempDir
    private static Path folder;

    private static KafkaBroker broker;
    private static int port;
    private static int controllerPort;

    private Rig rig;
    private TestConversations talk;

    @BeforeAll
    static void startBroker(Servers servers) {
        port = servers.ports().next();
        controllerPort = servers.ports().next();
        broker = start();
    }

    private static KafkaBroker start() {
        return KafkaBroker.start(folder.resolve("kafka"), port, controllerPort);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void open(Servers servers) throws Exception {
        rig = Rig.onBroker(servers, broker.bootstrapServers());
        rig.createTopics();
        rig.group().awaitEmpty();
        rig.group().beginAnew();
        talk = rig.talk();
        WorkerProcess worker = rig.worker().awaitReady();
        talk.say(200);
        talk.awaitAll();
        rig.group().awaitCaughtUp();
        worker.stop();
    }

    /** Each test has a log of its own: what one damages or deletes is not the next one's. */
    @AfterEach
    void close() throws Exception {
        rig.group().deleteTopic(Topics.MESSAGE_EVENTS.name());
        rig.close();
    }

    @Test
    void pushesWhatIsNewAndNothingElseWhenTheCommittedOffsetsLieBeyondTheEnd() throws Exception {
        Map<TopicPartition, Long> ends = rig.group().ends();
        rig.group()
                .commit(ends.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, end -> end.getValue() + BEYOND)));

        WorkerProcess worker = rig.worker(NO_WINDOW).awaitReady();
        // Each partition reaches the committed offset and passes it.
        talk.say(1_000);
        talk.awaitAll();
        rig.group().awaitCaughtUp();
        worker.stop();

        talk.verify(Guarantee.NOTHING_LOST, Guarantee.IN_ORDER, Guarantee.ONCE);
        var partition = new TopicPartition(Topics.MESSAGE_EVENTS.name(), 3);
        long end = ends.getOrDefault(partition, 0L);
        assertThat(worker.log().lines().filter(line -> line.contains("is beyond the end of the log")))
                .hasSize(ends.size())
                .anyMatch(line -> line.contains(String.format(
                        Locale.ROOT,
                        "topic=\"message-events\" partition=\"3\" committed=\"%d\" end=\"%d\"",
                        end + BEYOND,
                        end)));
    }

    @Test
    void pushesAllOfATopicThatWasMadeAgainWhileItRunsAndNothingTwice() throws Exception {
        WorkerProcess worker = rig.worker().awaitReady();
        rig.group().deleteTopic(Topics.MESSAGE_EVENTS.name());
        rig.createTopics();
        // Fewer than before: their offsets are below the committed ones.
        talk.say(100);
        talk.awaitAll();
        rig.group().awaitCaughtUp();
        worker.stop();

        WorkerProcess next = rig.worker(NO_WINDOW).awaitReady();
        talk.say(20);
        talk.awaitAll();
        next.stop();
        talk.verify(Guarantee.NOTHING_LOST, Guarantee.IN_ORDER, Guarantee.ONCE);
    }

    @Test
    void aDamagedRecordThatWasHandledBeforeHoldsNothingUp() throws Exception {
        // Which partitions have any follows from the names of the conversations.
        TopicPartition damaged = rig.group().ends().entrySet().stream()
                .filter(end -> end.getKey().topic().equals(Topics.MESSAGE_EVENTS.name()) && end.getValue() > 0)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
        LogSegment.of(folder.resolve("kafka"), damaged).damageFirstRecord();

        WorkerProcess worker = rig.worker().awaitReady();
        talk.say(200);
        talk.awaitAll();
        rig.group().awaitCaughtUp();
        worker.stop();

        talk.verify(Guarantee.NOTHING_LOST, Guarantee.IN_ORDER, Guarantee.ONCE);
        assertThat(worker.log())
                .contains("cannot read back a record that was handled before")
                .contains("topic=\"message-events\" partition=\"" + damaged.partition() + "\"");
    }

    @Test
    void beginsBesideAnOpenTransactionThatTheGroupWasSetBehind() throws Exception {
        try (var producer = transactional()) {
            producer.beginTransaction();
            sendToEachPartition(producer, 1, new byte[] {1});
            rig.group().commit(rig.group().ends());

            WorkerProcess worker = rig.worker().awaitReady();
            producer.abortTransaction();
            talk.say(100);
            talk.awaitAll();
            worker.stop();
        }
        talk.verify(Guarantee.NOTHING_LOST, Guarantee.IN_ORDER, Guarantee.ONCE);
    }

    @Test
    void pushesWhatWasPublishedAfterATruncationAlthoughTheLogHasPassedTheCommittedOffsets() throws Exception {
        Map<TopicPartition, Long> committed = rig.group().committed();
        truncate();
        TestConversations after = rig.talk();
        // Each partition that has any of them reaches the offset that was committed, and passes it.
        after.say(1_000);
        assertThat(rig.group().ends(List.of(Topics.MESSAGE_EVENTS.name())))
                .anySatisfy((partition, end) -> assertThat(end)
                        .isGreaterThan(committed.getOrDefault(partition, 0L))
                        .isGreaterThan(50));

        WorkerProcess worker = rig.worker().awaitReady();
        after.awaitAll();
        rig.group().awaitCaughtUp();
        worker.stop();

        after.verify(Guarantee.NOTHING_LOST, Guarantee.IN_ORDER, Guarantee.ONCE);
        talk.verify(Guarantee.NOTHING_LOST, Guarantee.IN_ORDER, Guarantee.ONCE);
        assertThat(worker.log()).contains("the log was truncated before the committed offset, and written again");
    }

    @Test
    void aTruncationWhileItRunsLosesNothingForTheNextOwner() throws Exception {
        WorkerProcess worker = rig.worker().awaitReady();
        truncate();
        worker.awaitReady();
        Map<TopicPartition, Long> truncated = rig.group().ends();
        TestConversations after = rig.talk();
        after.say(20);
        after.awaitAll();
        rig.group().awaitCaughtUpSince(truncated);
        assertThat(rig.group().committedWithoutEpoch()).isEmpty();
        worker.kill();
        after.say(200);

        WorkerProcess next = rig.worker(NO_WINDOW).awaitReady();
        after.awaitAll();
        rig.group().awaitCaughtUp();
        next.stop();
        after.verify(Guarantee.NOTHING_LOST, Guarantee.IN_ORDER, Guarantee.ONCE);
    }

    @Test
    void nothingIsLeftToDoBehindTheEndOfATransaction() throws Exception {
        WorkerProcess worker = rig.worker().awaitReady();
        try (var producer = transactional()) {
            producer.beginTransaction();
            sendToEachPartition(producer, 1, null);
            producer.commitTransaction();
        }

        rig.group().awaitCaughtUp();
        await().atMost(TestConversations.LIMIT).until(() -> worker.metric("threadly_lag_records") == 0);
        worker.stop();
    }

    @Test
    void countsRecordsBehindAnOpenTransactionAsLag() throws Exception {
        WorkerProcess worker = rig.worker().awaitReady();
        try (var producer = transactional()) {
            producer.beginTransaction();
            sendToEachPartition(producer, 50, new byte[] {1});

            await().atMost(TestConversations.LIMIT)
                    .until(() -> worker.metric("threadly_lag_records") == 50 * PARTITIONS);
            producer.abortTransaction();
        }
        rig.group().awaitCaughtUp();
        await().atMost(TestConversations.LIMIT).until(() -> worker.metric("threadly_lag_records") == 0);
        worker.stop();
    }

    private static KafkaProducer<byte[], byte[]> transactional() {
        var producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        broker.bootstrapServers(),
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                        "somebody"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
        return producer;
    }

    private static void sendToEachPartition(KafkaProducer<byte[], byte[]> producer, int each, byte @Nullable [] value) {
        for (int i = 0; i < each * PARTITIONS; i++) {
            var _ = producer.send(new ProducerRecord<>(
                    Topics.MESSAGE_EVENTS.name(), i % PARTITIONS, "a".getBytes(StandardCharsets.UTF_8), value));
        }
        producer.flush();
    }

    /** The broker dies, and comes back without the last batch of each partition, as if it had not reached the disk. */
    private static void truncate() throws Exception {
        broker.close();
        Path logs = folder.resolve("kafka");
        for (int partition = 0; partition < PARTITIONS; partition++) {
            LogSegment.of(logs, new TopicPartition(Topics.MESSAGE_EVENTS.name(), partition))
                    .cutOffLastBatch();
        }
        Files.deleteIfExists(logs.resolve(".kafka_cleanshutdown"));
        broker = start();
    }
}
