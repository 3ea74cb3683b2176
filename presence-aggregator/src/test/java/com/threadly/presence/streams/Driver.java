package com.threadly.presence.streams;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.deadletter.DeadLetterHeaders;
import com.threadly.deadletter.DeadLetters;
import com.threadly.events.PresenceChange;
import com.threadly.events.PresenceChanged;
import com.threadly.events.PresenceCount;
import com.threadly.events.Topics;
import com.threadly.events.UserErased;
import com.threadly.events.UserPresence;
import com.threadly.presence.users.StatusTimings;
import com.threadly.presence.viewers.ViewerTimings;
import com.threadly.runtime.settings.KafkaSettings;
import com.threadly.runtime.settings.Settings;
import com.threadly.serde.AvroDeserializer;
import com.threadly.serde.AvroSerde;
import com.threadly.serde.AvroSerializer;
import com.threadly.serde.MockRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The topology without a broker, with a controlled clock. */
final class Driver implements AutoCloseable {

    static final Instant START = Instant.parse("2026-11-01T12:00:00Z");
    static final String CHANNEL = "presence-product-shoes";
    static final ViewerTimings TIMES = new ViewerTimings(
            Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ofMinutes(5), Duration.ofSeconds(2));
    static final StatusTimings USER_TIMES =
            new StatusTimings(TIMES.timeout(), Duration.ofMinutes(2), Duration.ofSeconds(30), Duration.ofDays(1));

    private static final String WORKER = "presence-aggregator";

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final MockRegistry registry = new MockRegistry();
    private final RocksMemory memory = new RocksMemory();
    private final AvroSerializer<PresenceChanged> serializer = new AvroSerializer<>(registry);
    private final TopologyTestDriver driver;
    private final TestInputTopic<String, byte[]> events;
    private final TestInputTopic<String, UserErased> erasures;
    private final TestOutputTopic<String, PresenceCount> counts;
    private final TestOutputTopic<String, UserPresence> statuses;
    private final MockProducer<byte[], byte[]> deadLetters =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private Instant now = START;
    private List<Header> trace = List.of();

    /** With stores in the heap, which are faster. */
    Driver(Path stateDir) {
        this(stateDir, Stores::inMemoryKeyValueStore);
    }

    Driver(Path stateDir, Function<String, KeyValueBytesStoreSupplier> stores) {
        var topology = new PresenceTopology(
                TIMES,
                USER_TIMES,
                new AvroSerde<>(registry, PresenceChanged.class),
                new AvroSerde<>(registry, UserErased.class),
                new AvroSerde<>(registry, PresenceCount.class),
                new AvroSerde<>(registry, UserPresence.class),
                () -> 1,
                () -> now.toEpochMilli(),
                metrics);
        var config = new Properties();
        config.putAll(StreamsConfiguration.of(
                KafkaSettings.from(Settings.of(Map.of("KAFKA_BOOTSTRAP_SERVERS", "nowhere:1"))),
                WORKER,
                new StreamsSettings(1, 0, stateDir, Optional.empty()),
                memory,
                new StreamsDeadLetters(new DeadLetters(deadLetters, WORKER, Clock.systemUTC(), metrics))));
        driver = new TopologyTestDriver(topology.build(stores), config, START);
        events = driver.createInputTopic(
                Topics.PRESENCE_EVENTS.name(), new StringSerializer(), new ByteArraySerializer());
        erasures = driver.createInputTopic(
                Topics.ERASURE_EVENTS.name(), new StringSerializer(), new AvroSerializer<UserErased>(registry));
        counts = driver.createOutputTopic(
                Topics.PRESENCE_COUNTS.name(),
                new StringDeserializer(),
                new AvroDeserializer<>(registry, PresenceCount.class));
        statuses = driver.createOutputTopic(
                Topics.USER_PRESENCE.name(),
                new StringDeserializer(),
                new AvroDeserializer<>(registry, UserPresence.class));
    }

    /** Sends an event of now. */
    void send(String user, PresenceChange change) {
        sendAt(now, user, change);
    }

    /** Sends an event of {@code occurredAt}, past or future. */
    void sendAt(Instant occurredAt, String user, PresenceChange change) {
        send(CHANNEL, event(occurredAt, CHANNEL, user, change));
    }

    void send(@Nullable String key, @Nullable PresenceChanged event) {
        sendBytes(key, serializer.serialize(Topics.PRESENCE_EVENTS.name(), event));
    }

    /** Sends an event on another channel. */
    void sendTo(String channel, String user, PresenceChange change) {
        send(channel, event(now, channel, user, change));
    }

    void sendBytes(@Nullable String key, byte @Nullable [] value) {
        events.pipeInput(new TestRecord<>(key, value, new RecordHeaders(trace), now));
    }

    /** Sends that a user is erased, in a record of long ago. */
    void erase(String user) {
        erasures.pipeInput(new TestRecord<>(
                user,
                UserErased.newBuilder()
                        .setEventId(UUID.randomUUID())
                        .setOccurredAt(START)
                        .setUserId(user)
                        .build(),
                START.minusSeconds(1)));
    }

    /** Sends an event in a record of the time {@code timestamp}. */
    void sendStamped(Instant timestamp, Instant occurredAt, String user, PresenceChange change) {
        byte[] value = serializer.serialize(Topics.PRESENCE_EVENTS.name(), event(occurredAt, CHANNEL, user, change));
        events.pipeInput(new TestRecord<>(CHANNEL, value, timestamp));
    }

    /** Records written to internal topics of Kafka Streams since the last call. */
    List<TestRecord<byte[], byte[]>> internal() {
        return Stream.of("by-user-repartition", "viewers-store-changelog", "users-store-changelog")
                .map(topic -> driver.createOutputTopic(
                        "%s-%s".formatted(WORKER, topic), new ByteArrayDeserializer(), new ByteArrayDeserializer()))
                .flatMap(topic -> topic.readRecordsToList().stream())
                .toList();
    }

    /** Events sent from here on belong to this trace. */
    void trace(String traceparent) {
        trace = List.of(new RecordHeader("traceparent", traceparent.getBytes(StandardCharsets.US_ASCII)));
    }

    static PresenceChanged event(Instant occurredAt, String channel, String user, PresenceChange change) {
        return PresenceChanged.newBuilder()
                .setEventId(UUID.randomUUID())
                .setOccurredAt(occurredAt)
                .setChannel(channel)
                .setUserId(user)
                .setChange(change)
                .build();
    }

    Instant now() {
        return now;
    }

    /** Lets time pass, as the ticker does: in small steps. */
    void pass(Duration duration) {
        Duration most = duration.toHours() > 1 ? Duration.ofSeconds(30) : Duration.ofMillis(250);
        Instant end = now.plus(duration);
        while (now.isBefore(end)) {
            Duration left = Duration.between(now, end);
            Duration step = left.compareTo(most) < 0 ? left : most;
            driver.advanceWallClockTime(step);
            now = now.plus(step);
            tick();
        }
    }

    /** A record that says only what time it is. */
    void tick() {
        events.pipeInput(new TestRecord<>(null, null, now));
    }

    /** Lets the clocks of hosts go on, but not the topic's. */
    void lag(Duration duration) {
        driver.advanceWallClockTime(duration);
    }

    double metric(String name) {
        return metrics.get(name).counter().count();
    }

    /** The counts published since the last call. */
    List<PresenceCount> counts() {
        return counts.readValuesToList().stream().filter(Objects::nonNull).toList();
    }

    /** The numbers published since the last call, as "distinct/present", and "over" for a channel without any. */
    List<String> numbers() {
        return counts.readValuesToList().stream()
                .map(count -> count == null ? "over" : count.getDistinctUsers() + "/" + count.getPresent())
                .toList();
    }

    /** The statuses published since the last call. */
    List<UserPresence> statuses() {
        return statuses.readValuesToList().stream().filter(Objects::nonNull).toList();
    }

    /** The statuses published since the last call, as "user STATUS", or "user forgotten". */
    List<String> published() {
        return statuses.readRecordsToList().stream()
                .map(record -> record.key() + " "
                        + (record.value() == null ? "forgotten" : record.value().getStatus()))
                .toList();
    }

    /** The reasons of the dead letters since the last call. */
    List<String> deadLetters() {
        return deadLetters(DeadLetterHeaders.REASON);
    }

    /** The values of {@code header} in the dead letters since the last call. */
    List<String> deadLetters(String header) {
        List<String> texts = deadLetters.history().stream()
                .map(record -> new String(record.headers().lastHeader(header).value(), StandardCharsets.UTF_8))
                .toList();
        deadLetters.clear();
        return texts;
    }

    /** A RocksDB property of a store of the topology. */
    long rocksMetric(String name, String store) {
        return driver.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals(name)
                        && metric.metricName().tags().containsValue(store))
                .mapToLong(metric -> ((Number) metric.metricValue()).longValue())
                .sum();
    }

    /** The stored keys of channels; not the time. */
    List<Bytes> channelState() {
        return keys(PresenceTopology.VIEWERS_STORE).stream()
                .filter(key -> key.get().length > 1)
                .toList();
    }

    /** The stored keys of users. */
    List<Bytes> userState() {
        return keys(PresenceTopology.USERS_STORE);
    }

    KeyValueStore<Bytes, byte[]> store(String name) {
        return driver.getKeyValueStore(name);
    }

    private List<Bytes> keys(String name) {
        var keys = new ArrayList<Bytes>();
        try (KeyValueIterator<Bytes, byte[]> all = store(name).all()) {
            all.forEachRemaining(entry -> keys.add(entry.key));
        }
        return keys;
    }

    void expect(String... numbers) {
        assertThat(numbers()).containsExactly(numbers);
    }

    @Override
    public void close() {
        driver.close();
        memory.close();
    }
}
