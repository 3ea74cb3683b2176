package com.threadly.localstack.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.threadly.events.Topics;
import com.threadly.localstack.servers.KafkaBroker;
import com.threadly.localstack.testing.DeadLetterBox;
import com.threadly.localstack.testing.Servers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Records that nobody can read: their partition stops alone, and goes on when an operator says so. */
@ExtendWith(Servers.Extension.class)
class UnreadableRecordsIT {

    private static final int LARGER_THAN_THE_HEAP = 140_000_000;

    @TempDir
    private static Path folder;

    private static KafkaBroker broker;

    private Rig rig;
    private TestConversations talk;
    private DeadLetterBox box;

    @BeforeAll
    static void startBroker(Servers servers) {
        broker = KafkaBroker.start(
                folder.resolve("kafka"), servers.ports().next(), servers.ports().next());
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
        box = rig.deadLetters();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void aDamagedBatchStopsItsPartitionAloneUntilItIsSkipped() throws Exception {
        var damaged = new TopicPartition(Topics.MESSAGE_EVENTS.name(), 5);
        WorkerProcess worker = rig.worker().awaitReady();
        rig.group().awaitCaughtUp();
        long offset = rig.group().ends().getOrDefault(damaged, 0L);
        worker.stop();
        publish(damaged, new byte[] {1});
        publish(damaged, new byte[] {2});
        LogSegment.of(folder.resolve("kafka"), damaged).damageLastBatchButOne();

        worker = rig.worker();

        stopsAloneAndGoesOnWhenSkipped(worker, damaged, offset, 1);
    }

    @Test
    void aRecordThatDoesNotFitIntoTheHeapStopsItsPartitionAloneUntilItIsSkipped() throws Exception {
        var stuffed = new TopicPartition(Topics.MESSAGE_EVENTS.name(), 6);
        WorkerProcess worker = rig.worker().awaitReady();
        long offset = rig.group().ends().getOrDefault(stuffed, 0L);

        publish(stuffed, new byte[LARGER_THAN_THE_HEAP]);

        stopsAloneAndGoesOnWhenSkipped(worker, stuffed, offset, 0);
    }

    private void stopsAloneAndGoesOnWhenSkipped(
            WorkerProcess worker, TopicPartition partition, long offset, int deadLetters) throws Exception {
        String where = String.format(Locale.ROOT, "%s cannot be read at offset %d", partition, offset);
        worker.awaitNotReady(where);
        talk.say(200);
        await().atMost(TestConversations.LIMIT).until(() -> talk.arrived() > 100);
        assertThat(worker.log())
                .contains(String.format(
                        Locale.ROOT,
                        "topic=\"%s\" partition=\"%d\" offset=\"%d\"",
                        partition.topic(),
                        partition.partition(),
                        offset));
        await().atMost(TestConversations.LIMIT)
                .untilAsserted(() -> assertThat(worker.sample(String.format(
                                Locale.ROOT,
                                "threadly_partition_stopped_offset{partition=\"%d\",topic=\"%s\"",
                                partition.partition(),
                                partition.topic())))
                        .isEqualTo((double) offset));

        assertThat(rig.run("dlq", "skip", String.format(Locale.ROOT, "%s@%d", partition, offset)))
                .contains(String.format(Locale.ROOT, "%s: %d to %d are unreadable", partition, offset, offset));

        worker.awaitReady();
        talk.awaitAll();
        rig.group().awaitCaughtUp();
        assertThat(worker.sample("threadly_records_total{outcome=\"skipped_unreadable\""))
                .isEqualTo(1);
        assertThat(box.letters()).hasSize(deadLetters);
        worker.stop();

        // Read back, too, it holds nothing up.
        WorkerProcess next = rig.worker().awaitReady();
        talk.say(50);
        talk.awaitAll();
        next.stop();
        talk.verify(Guarantee.NOTHING_LOST, Guarantee.IN_ORDER, Guarantee.ONCE);
    }

    /** Alone in its batch. */
    private static void publish(TopicPartition partition, byte[] value) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        broker.bootstrapServers(),
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        "zstd",
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        2 * LARGER_THAN_THE_HEAP,
                        ProducerConfig.BUFFER_MEMORY_CONFIG,
                        2L * LARGER_THAN_THE_HEAP),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            partition.topic(), partition.partition(), "a".getBytes(StandardCharsets.UTF_8), value))
                    .get();
        }
    }
}
