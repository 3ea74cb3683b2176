package com.threadly.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.threadly.events.PresenceChange;
import com.threadly.events.PresenceChanged;
import com.threadly.events.PresenceCount;
import com.threadly.events.Topics;
import com.threadly.events.UserErased;
import com.threadly.events.UserPresence;
import com.threadly.events.UserSettingsChanged;
import com.threadly.localstack.bootstrap.TopicCreator;
import com.threadly.localstack.testing.Servers;
import com.threadly.presence.Aggregators.Aggregator;
import com.threadly.serde.AvroDeserializer;
import com.threadly.serde.AvroSerializer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Writes and reads an aggregator's topics, with a Pusher that remembers. */
@ExtendWith(Servers.Extension.class)
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test.
abstract class PresenceFixture {

    static final Duration LIMIT = Duration.ofSeconds(60);
    static final ObjectMapper JSON = new ObjectMapper();
    /** A producer's default limit, keys and headers included. */
    static final int LARGEST = 1_048_576;

    static final String WORKER = "presence-aggregator";
    static final String DEAD_LETTERS = Topics.PRESENCE_EVENTS.deadLetters(WORKER);

    @TempDir
    Path folder;

    PushRecorder pusher;
    Aggregators aggregators;
    private KafkaProducer<String, byte[]> producer;
    private KafkaConsumer<String, byte[]> consumer;
    private AvroSerializer<SpecificRecord> serializer;
    private AvroDeserializer<PresenceCount> deserializer;
    private AvroDeserializer<UserPresence> statusDeserializer;
    private final List<ConsumerRecord<String, byte[]>> consumed = new ArrayList<>();

    @BeforeEach
    void open(Servers servers) throws Exception {
        new TopicCreator(servers.kafka())
                .create(List.of(
                        new TopicCreator.Reader(Topics.PRESENCE_EVENTS, WORKER),
                        new TopicCreator.Reader(Topics.ERASURE_EVENTS, WORKER),
                        new TopicCreator.Reader(Topics.PRESENCE_COUNTS, WORKER),
                        new TopicCreator.Reader(Topics.USER_PRESENCE, WORKER),
                        new TopicCreator.Reader(Topics.USER_SETTINGS_EVENTS, WORKER)));
        var registry = Map.of("schema.registry.url", servers.registry().toString());
        serializer = new AvroSerializer<>();
        serializer.configure(registry, false);
        deserializer = new AvroDeserializer<>();
        deserializer.configure(registry, false);
        statusDeserializer = new AvroDeserializer<>();
        statusDeserializer.configure(registry, false);
        pusher = new PushRecorder();
        aggregators = new Aggregators(servers, pusher.host(), folder);
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers.kafka()), new StringSerializer(), new ByteArraySerializer());
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers.kafka(), "isolation.level", "read_committed"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> all = Stream.of(Topics.PRESENCE_COUNTS.name(), Topics.USER_PRESENCE.name(), DEAD_LETTERS)
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
        statusDeserializer.close();
        serializer.close();
        pusher.close();
    }

    void send(String channel, String user, PresenceChange change) {
        send(new PresenceChanged(UUID.randomUUID(), Clock.systemUTC().instant(), channel, user, change));
    }

    void send(PresenceChanged event) {
        send(event.getChannel(), serializer.serialize(Topics.PRESENCE_EVENTS.name(), event));
    }

    void send(String channel, byte @Nullable [] value) {
        var _ = producer.send(new ProducerRecord<>(Topics.PRESENCE_EVENTS.name(), channel, value));
        producer.flush();
    }

    /** Publishes whether the user appears offline. */
    void sendAppearingOffline(String user, boolean appearOffline) {
        var event = new UserSettingsChanged(UUID.randomUUID(), Clock.systemUTC().instant(), user, appearOffline);
        sendSettings(user, serializer.serialize(Topics.USER_SETTINGS_EVENTS.name(), event));
    }

    /** Publishes a record of the user's settings; null removes them. */
    void sendSettings(String user, byte @Nullable [] value) {
        var _ = producer.send(new ProducerRecord<>(Topics.USER_SETTINGS_EVENTS.name(), user, value));
        producer.flush();
    }

    /** Publishes that {@code userId} is erased. */
    void erase(String userId) {
        byte @Nullable [] value = serializer.serialize(
                Topics.ERASURE_EVENTS.name(),
                new UserErased(UUID.randomUUID(), Clock.systemUTC().instant(), userId));
        var _ = producer.send(new ProducerRecord<>(Topics.ERASURE_EVENTS.name(), userId, value));
        producer.flush();
    }

    /** Publishes the event as a record with {@code timestamp}. */
    void sendStamped(Instant timestamp, PresenceChanged event) {
        byte[] value = Objects.requireNonNull(serializer.serialize(Topics.PRESENCE_EVENTS.name(), event));
        var _ = producer.send(new ProducerRecord<>(
                Topics.PRESENCE_EVENTS.name(), null, timestamp.toEpochMilli(), event.getChannel(), value));
        producer.flush();
    }

    /** Publishes the event with a header as large as the broker accepts. */
    void sendWithLargestHeader(PresenceChanged event) throws Exception {
        byte[] value = Objects.requireNonNull(serializer.serialize(Topics.PRESENCE_EVENTS.name(), event));
        for (int size = LARGEST; ; size -= 8) {
            try {
                publish(event.getChannel(), value, size);
                return;
            } catch (ExecutionException e) {
                assertThat(e).hasCauseInstanceOf(RecordTooLargeException.class);
            }
        }
    }

    /** Publishes a record with a header of {@code headerBytes}; returns its position. */
    Source publish(String key, byte[] value, int headerBytes) throws ExecutionException, InterruptedException {
        var record = new ProducerRecord<>(Topics.PRESENCE_EVENTS.name(), key, value);
        if (headerBytes > 0) {
            record.headers().add("large", new byte[headerBytes]);
        }
        RecordMetadata written = producer.send(record).get();
        return new Source(written.partition(), written.offset());
    }

    /** The position of a record in presence-events. */
    record Source(int partition, long offset) {}

    /** Each of {@code all} answers that the channel has exactly these members. */
    static void expectOf(String channel, int count, List<String> members, List<Aggregator> all) {
        for (Aggregator one : all) {
            await().atMost(LIMIT).pollDelay(Duration.ZERO).ignoreExceptions().untilAsserted(() -> {
                var answer = one.ask("/presence/channels/" + channel);
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                JsonNode body = JSON.readTree(answer.body());
                assertThat(body.get("count").asInt()).isEqualTo(count);
                assertThat(body.get("members")).map(JsonNode::asText).containsExactlyElementsOf(members);
            });
        }
    }

    /** The channel's counts so far, as "distinct/present". */
    List<String> counts(String channel) {
        return of(Topics.PRESENCE_COUNTS.name(), channel).stream()
                .map(record -> deserializer.deserialize(record.topic(), record.value()))
                .map(count -> count == null ? "over" : count.getDistinctUsers() + "/" + count.getPresent())
                .toList();
    }

    /** The channel's counts so far, without the end of them. */
    List<PresenceCount> published(String channel) {
        return of(Topics.PRESENCE_COUNTS.name(), channel).stream()
                .map(record -> deserializer.deserialize(record.topic(), record.value()))
                .filter(Objects::nonNull)
                .toList();
    }

    /** The ids of the channel's counts so far. */
    List<UUID> ids(String channel) {
        return published(channel).stream().map(PresenceCount::getEventId).toList();
    }

    List<String> statuses(String userId) {
        return of(Topics.USER_PRESENCE.name(), userId).stream()
                .map(record -> statusDeserializer.deserialize(record.topic(), record.value()))
                .map(presence ->
                        presence == null ? "forgotten" : presence.getStatus().toString())
                .toList();
    }

    List<String> deadLetters(String channel) {
        return of(DEAD_LETTERS, channel).stream()
                .map(record ->
                        new String(record.headers().lastHeader("dlq.reason").value(), StandardCharsets.UTF_8))
                .toList();
    }

    /** The dead letters of the record at {@code source}. */
    List<ConsumerRecord<String, byte[]>> lettersOf(Source source) {
        consumer.poll(Duration.ofMillis(5)).forEach(consumed::add);
        return consumed.stream()
                .filter(record -> record.topic().equals(DEAD_LETTERS)
                        && header(record, "dlq.partition").equals(Integer.toString(source.partition()))
                        && header(record, "dlq.offset").equals(Long.toString(source.offset())))
                .toList();
    }

    static String header(ConsumerRecord<String, byte[]> letter, String name) {
        Header header = letter.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** Sets how large the topic's records may be. */
    static void limit(Servers servers, String topic, int maxBytes) throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        var entry = new ConfigEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(maxBytes));
        try (var admin = Admin.create(Map.of("bootstrap.servers", servers.kafka()))) {
            admin.incrementalAlterConfigs(Map.of(resource, List.of(new AlterConfigOp(entry, AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
    }

    /** Static members outlast their processes, and a new member would wait for them. */
    static void forgetMembers(Servers servers) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", servers.kafka()))) {
            for (String group : List.of(WORKER, WORKER + "-push")) {
                admin.removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions())
                        .all()
                        .get();
            }
        }
    }

    private List<ConsumerRecord<String, byte[]>> of(String topic, String channel) {
        // Briefly: a caller that waits for a record polls again, and any other would wait in vain.
        consumer.poll(Duration.ofMillis(5)).forEach(consumed::add);
        return consumed.stream()
                .filter(record -> record.topic().equals(topic) && channel.equals(record.key()))
                .toList();
    }
}
