package com.threadly.benchmarks.peer;

import com.threadly.events.PresenceChanged;
import com.threadly.events.Topics;
import com.threadly.serde.AvroSerde;
import com.threadly.serde.SerdeConfig;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.state.WindowStore;

/**
 * What Kafka Streams offers: the events of a channel counted in windows of event time. It has no users, members or
 * statuses, writes only its changelog, and publishes and pushes nothing.
 */
public final class WindowedCount {

    private static final Duration ADVANCE = Duration.ofSeconds(10);
    private static final Duration GRACE = Duration.ofMinutes(5);

    private WindowedCount() {}

    /** Runs until it is killed; configured by the environment. */
    public static void main(String[] args) throws InterruptedException {
        var registry = SerdeConfig.of(Map.of(SerdeConfig.URL, variable("SCHEMA_REGISTRY_URL")))
                .connect();
        var builder = new StreamsBuilder();
        builder.stream(
                        Topics.PRESENCE_EVENTS.name(),
                        Consumed.with(Serdes.String(), new AvroSerde<>(registry, PresenceChanged.class))
                                .withTimestampExtractor((record, _) -> ((PresenceChanged) record.value())
                                        .getOccurredAt()
                                        .toEpochMilli()))
                .groupByKey()
                .windowedBy(TimeWindows.ofSizeAndGrace(Duration.parse("PT" + variable("WINDOW")), GRACE)
                        .advanceBy(ADVANCE))
                .count(Materialized.<String, Long, WindowStore<Bytes, byte[]>>as("counts"));
        var config = new Properties();
        config.putAll(Map.of(
                StreamsConfig.APPLICATION_ID_CONFIG,
                variable("GROUP"),
                StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
                variable("KAFKA_BOOTSTRAP_SERVERS"),
                StreamsConfig.STATE_DIR_CONFIG,
                variable("STATE_DIR"),
                StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                StreamsConfig.EXACTLY_ONCE_V2,
                // As in presence-aggregator.
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                500,
                StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG,
                32 << 20,
                "auto.offset.reset",
                "earliest"));
        var streams = new KafkaStreams(builder.build(), config);
        var leave = CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> streams.close(leave)));
        streams.start();
        Thread.currentThread().join();
    }

    private static String variable(String name) {
        return Objects.requireNonNull(System.getenv(name), name);
    }
}
