package com.threadly.pipeline.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.localstack.testing.Servers;
import com.threadly.pipeline.start.PartitionStart;
import com.threadly.pipeline.start.StartAt;
import com.threadly.pipeline.start.StartNote;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Servers.Extension.class)
class GroupLogsIT {

    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final int RECORDS = 10;

    private final Map<String, Object> config;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final String group;

    GroupLogsIT(Servers servers) {
        this.config = Map.of("bootstrap.servers", servers.kafka());
        this.admin = Admin.create(config);
        this.producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        this.topic = servers.unique("history");
        this.group = servers.unique("first");
    }

    @BeforeEach
    void aTopicThatWasThereBefore() throws Exception {
        admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all().get();
        publish(0);
        publish(1);
    }

    @AfterEach
    void close() {
        producer.close();
        admin.close();
    }

    @Test
    void whereNothingIsCommittedPushingBeginsAtTheEndAndStoringAtTheBeginning() throws Exception {
        assertThat(starts(new StartAt.Now(), false, 0, 1))
                .containsOnly(
                        Map.entry(partition(0), begin(RECORDS, NOW, 0)),
                        Map.entry(partition(1), begin(RECORDS, NOW, 0)));
        assertThat(starts(new StartAt.Now(), true, 0)).containsValue(begin(0, NOW, RECORDS));
        assertThat(starts(new StartAt.Earliest(), false, 0)).containsValue(begin(0, Instant.EPOCH, 0));
        Instant noon = NOW.plusSeconds(4);
        assertThat(starts(new StartAt.Time(noon), false, 0)).containsValue(begin(4, noon, 0));
        Instant ahead = NOW.plus(Duration.ofDays(1));
        assertThat(starts(new StartAt.Time(ahead), false, 0)).containsValue(begin(RECORDS, ahead, 0));
    }

    @Test
    void aPartitionThatWasAddedBeginsAtItsFirstRecord() throws Exception {
        commit(0, 7, new StartNote(NOW.plusSeconds(60), 2, 0));
        commit(1, 7, new StartNote(NOW.plusSeconds(60), 2, 0));
        admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(3))).all().get();
        Awaitility.await().ignoreExceptions().until(() -> {
            publish(2);
            return true;
        });

        assertThat(starts(new StartAt.Now(), false, 2)).containsValue(begin(0, NOW.plusSeconds(60), 0));
        assertThat(starts(new StartAt.Now(), true, 2)).containsValue(begin(0, NOW.plusSeconds(60), 0));
    }

    @Test
    void whatWasPublishedSinceTheFirstStartIsNotLostWhereACrashCameBeforeTheCommit() throws Exception {
        Instant first = NOW.plusSeconds(5).plus(Duration.ofMinutes(1));
        commit(0, 7, new StartNote(first, 2, 0));

        assertThat(starts(new StartAt.Now(), false, 1)).containsValue(begin(5, first, 0));
        assertThat(starts(new StartAt.Now(), true, 1)).containsValue(begin(0, first, 5));
    }

    @Test
    void whatIsCommittedCountsAndItsNoteIsKept() throws Exception {
        var note = new StartNote(NOW, 2, 9);
        commit(0, 7, note);
        commit(1, 99, note);

        assertThat(starts(new StartAt.Now(), true, 0, 1))
                .containsOnly(
                        Map.entry(partition(0), new PartitionStart(OptionalLong.empty(), note)),
                        // Of another log: all is stored again, and nothing is pushed.
                        Map.entry(partition(1), begin(0, NOW, RECORDS)));
        assertThat(starts(new StartAt.Now(), false, 1))
                .containsValue(new PartitionStart(OptionalLong.of(RECORDS), note));
    }

    /** As after offsets were restored onto a cluster whose epochs begin again. */
    @Test
    void anOffsetOfAnEpochThatTheClusterHasNotReachedIsNamed() throws Exception {
        admin.alterConsumerGroupOffsets(group, Map.of(partition(0), new OffsetAndMetadata(7, Optional.of(7), "")))
                .all()
                .get();
        try (var logs = new GroupLogs(
                config, group, this::thatFails, new StartAt.Now(), false, Clock.fixed(NOW, ZoneOffset.UTC))) {
            assertThat(logs.of(Set.of(partition(0), partition(1)))).containsOnlyKeys(partition(1));
            assertThat(logs.trouble())
                    .hasValueSatisfying(trouble -> assertThat(trouble).contains(partition(0) + " ", "--to-current"));
        }
    }

    private static PartitionStart begin(long offset, Instant since, long pushFrom) {
        return new PartitionStart(OptionalLong.of(offset), new StartNote(since, 2, pushFrom));
    }

    private Map<TopicPartition, PartitionStart> starts(StartAt startAt, boolean stores, int... partitions)
            throws Exception {
        Set<TopicPartition> asked =
                IntStream.of(partitions).mapToObj(this::partition).collect(Collectors.toSet());
        try (var logs =
                new GroupLogs(config, group, this::validator, startAt, stores, Clock.fixed(NOW, ZoneOffset.UTC))) {
            Map<TopicPartition, LogAtStart> found = logs.of(asked);
            assertThat(logs.trouble()).isEqualTo(Optional.empty());
            return found.entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, entry -> withoutEpoch(entry.getValue())));
        }
    }

    /** Which is known wherever the partition starts at the end of its log. */
    private static PartitionStart withoutEpoch(LogAtStart log) {
        PartitionStart start = log.start();
        assertThat(start.epoch().isPresent())
                .isEqualTo(start.beginAt().equals(OptionalLong.of(log.handled().end())));
        return new PartitionStart(start.beginAt(), start.note());
    }

    /** Where the log is not the one of the position. */
    private Consumer<byte[], byte[]> thatFails() {
        var settings = new HashMap<>(config);
        settings.put("auto.offset.reset", "none");
        settings.put("enable.auto.commit", false);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private Consumer<byte[], byte[]> validator() {
        throw new AssertionError("no offset is committed with an epoch");
    }

    private void commit(int partition, long offset, StartNote note) throws Exception {
        admin.alterConsumerGroupOffsets(group, Map.of(partition(partition), new OffsetAndMetadata(offset, note.text())))
                .all()
                .get();
    }

    /** One record per second. */
    private void publish(int partition) throws Exception {
        for (int i = 0; i < RECORDS; i++) {
            producer.send(new ProducerRecord<>(
                            topic, partition, NOW.plusSeconds(i).toEpochMilli(), new byte[] {1}, new byte[] {1}))
                    .get();
        }
    }

    private TopicPartition partition(int number) {
        return new TopicPartition(topic, number);
    }
}
