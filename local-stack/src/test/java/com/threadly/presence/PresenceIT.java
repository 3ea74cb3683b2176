package com.threadly.presence;

import static com.threadly.events.PresenceChange.JOINED;
import static com.threadly.events.PresenceChange.LEFT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.threadly.common.serde.AvroDeserializer;
import com.threadly.common.serde.AvroSerializer;
import com.threadly.events.PresenceChange;
import com.threadly.events.PresenceChanged;
import com.threadly.events.PresenceCount;
import com.threadly.events.Topics;
import com.threadly.stack.bootstrap.TopicCreator;
import com.threadly.stack.process.ChildProcess;
import com.threadly.stack.testing.Servers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(Servers.Extension.class)
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test.
class PresenceIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String WORKER = "presence-aggregator";
    private static final String DEAD_LETTERS = Topics.PRESENCE_EVENTS.deadLetters(WORKER);

    @TempDir
    Path folder;

    private PushRecorder pusher;
    private Aggregators aggregators;
    private KafkaProducer<String, byte[]> producer;
    private KafkaConsumer<String, byte[]> consumer;
    private AvroSerializer<PresenceChanged> serializer;
    private AvroDeserializer<PresenceCount> deserializer;
    private final List<ConsumerRecord<String, byte[]>> consumed = new ArrayList<>();

    @BeforeEach
    void open(Servers servers) throws Exception {
        new TopicCreator(servers.kafka())
                .create(List.of(
                        new TopicCreator.Reader(Topics.PRESENCE_EVENTS, WORKER),
                        new TopicCreator.Reader(Topics.PRESENCE_COUNTS, WORKER)));
        var registry = Map.of("schema.registry.url", servers.registry().toString());
        serializer = new AvroSerializer<>();
        serializer.configure(registry, false);
        deserializer = new AvroDeserializer<>();
        deserializer.configure(registry, false);
        pusher = new PushRecorder();
        aggregators = new Aggregators(servers, pusher.host(), folder);
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers.kafka()), new StringSerializer(), new ByteArraySerializer());
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers.kafka(), "isolation.level", "read_committed"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> all = List.of(Topics.PRESENCE_COUNTS.name(), DEAD_LETTERS).stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(all);
        consumer.seekToBeginning(all);
    }

    @AfterEach
    void close() {
        consumer.close();
        producer.close();
        deserializer.close();
        serializer.close();
        pusher.close();
    }

    @Test
    void countsViewersAndTellsTheirChannel(Servers servers) {
        String channel = "presence-product-" + servers.unique("p");
        try (ChildProcess aggregator = aggregators.start("one", "10s")) {
            send(channel, "ana", JOINED);
            send(channel, "no avro".getBytes(StandardCharsets.UTF_8));
            send(channel, "", JOINED);
            send(channel, "bo", JOINED);
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(counts(channel)).endsWith("2/2"));
            send(channel, "ana", LEFT);
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(counts(channel)).contains("2/1"));
            send(channel, "bo", LEFT);
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(counts(channel)).endsWith("0/0"));

            await().atMost(LIMIT)
                    .untilAsserted(() ->
                            assertThat(pusher.counts(channel)).contains(2L, 1L).endsWith(0L));
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(deadLetters(channel)).containsExactly("UNDECODABLE", "INVALID"));
            aggregator.stop(LIMIT);
            assertThat(aggregator.exitCode()).hasValue(0);
        }
    }

    @Test
    void countsOnAfterACrash(Servers servers) {
        String channel = "presence-product-" + servers.unique("p");
        try (ChildProcess doomed = aggregators.start("doomed", "30s")) {
            send(channel, "ana", JOINED);
            send(channel, "bo", JOINED);
            await().atMost(LIMIT).until(() -> counts(channel).contains("2/2"));
            doomed.kill();
            send(channel, "ana", LEFT);
            send(channel, "cem", JOINED);
            send(channel, "dee", JOINED);
        }
        // Another folder, hence no local state: all of it comes back from the changelog.
        try (var _ = aggregators.start("successor", "30s")) {
            await().atMost(LIMIT).until(() -> counts(channel).stream().anyMatch(count -> count.endsWith("/3")));
            await().atMost(LIMIT).until(() -> pusher.counts(channel).contains(3L));
        }
    }

    private void send(String channel, String user, PresenceChange change) {
        send(
                channel,
                serializer.serialize(
                        Topics.PRESENCE_EVENTS.name(),
                        PresenceChanged.newBuilder()
                                .setEventId(UUID.randomUUID())
                                .setOccurredAt(Clock.systemUTC().instant())
                                .setChannel(channel)
                                .setUserId(user)
                                .setChange(change)
                                .build()));
    }

    private void send(String channel, byte @Nullable [] value) {
        var _ = producer.send(new ProducerRecord<>(Topics.PRESENCE_EVENTS.name(), channel, value));
        producer.flush();
    }

    /** The channel's counts so far, as "distinct/present". */
    private List<String> counts(String channel) {
        return of(Topics.PRESENCE_COUNTS.name(), channel).stream()
                .map(record -> deserializer.deserialize(record.topic(), record.value()))
                .map(count -> count.getDistinctUsers() + "/" + count.getPresent())
                .toList();
    }

    private List<String> deadLetters(String channel) {
        return of(DEAD_LETTERS, channel).stream()
                .map(record ->
                        new String(record.headers().lastHeader("dlq.reason").value(), StandardCharsets.UTF_8))
                .toList();
    }

    private List<ConsumerRecord<String, byte[]>> of(String topic, String channel) {
        consumer.poll(Duration.ofMillis(200)).forEach(consumed::add);
        return consumed.stream()
                .filter(record -> record.topic().equals(topic) && channel.equals(record.key()))
                .toList();
    }
}
