package com.threadly.presence.streams;

import com.threadly.events.ChannelNames;
import com.threadly.events.PresenceChanged;
import com.threadly.events.PresenceCount;
import com.threadly.events.Topics;
import com.threadly.events.UserErased;
import com.threadly.events.UserPresence;
import com.threadly.presence.signal.PresenceSignal;
import com.threadly.presence.signal.Signal;
import com.threadly.presence.timing.WorkBudget;
import com.threadly.presence.users.StatusTimings;
import com.threadly.presence.viewers.ViewerTimings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * Turns presence-events into signals, counts them by channel into presence-counts, and derives user-presence by user.
 * Every node has a name, so that topics and stores in Kafka survive a change of the topology.
 *
 * @param events reads presence-events
 * @param erasures reads erasure-events
 * @param counts writes presence-counts
 * @param statuses writes user-presence
 * @param partitions number of partitions of presence-events; 0 while it is not known
 * @param wallClock for topics without the broker's time
 */
public record PresenceTopology(
        ViewerTimings times,
        StatusTimings userTimes,
        Serde<PresenceChanged> events,
        Serde<UserErased> erasures,
        Serde<PresenceCount> counts,
        Serde<UserPresence> statuses,
        IntSupplier partitions,
        LongSupplier wallClock,
        MeterRegistry metrics) {

    static final String VIEWERS_STORE = "viewers-store";
    static final String USERS_STORE = "users-store";

    /** How often what is due and had to wait is looked for. */
    static final Duration LOOK_UP = Duration.ofMillis(100);

    /** A small part of a transaction's time limit, 10 s. */
    private static final Duration WORK_LIMIT = Duration.ofSeconds(2);

    private static final Duration WORK_PERIOD = Duration.ofSeconds(4);

    /**
     * Segments are compacted when they are full, and a restart reads what is not: with Kafka's 1 GiB, up to that much
     * per partition.
     */
    private static final Map<String, String> CHANGELOG = Map.of(
            TopicConfig.SEGMENT_BYTES_CONFIG,
            Integer.toString(32 << 20),
            TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
            "0.3");

    /** The topology with its stores in RocksDB, so that a restart need not read the changelogs. */
    public Topology build() {
        return build(Stores::persistentKeyValueStore);
    }

    Topology build(Function<String, KeyValueBytesStoreSupplier> stores) {
        var metrics = new EventMetrics(this.metrics);
        var budget = new WorkBudget(WORK_LIMIT, WORK_PERIOD, System::nanoTime);
        var builder = new StreamsBuilder();
        builder.addStateStore(store(stores.apply(VIEWERS_STORE)));
        builder.addStateStore(store(stores.apply(USERS_STORE)));
        KStream<String, PresenceSignal> signals = builder.stream(
                        Topics.PRESENCE_EVENTS.name(),
                        Consumed.with(Serdes.String(), events)
                                .withName("presence-events-source")
                                .withTimestampExtractor(new RecordTime(wallClock))
                                .withOffsetResetPolicy(AutoOffsetReset.earliest()))
                .process(() -> new ReadProcessor(metrics, partitions), Named.as("read"));
        signals.filter(
                        (channel, signal) -> signal.sign().isTime() || ChannelNames.isCounted(channel),
                        Named.as("counted-channels"))
                .process(() -> new ViewerProcessor(times, budget, metrics), Named.as("viewers"), VIEWERS_STORE)
                .to(
                        Topics.PRESENCE_COUNTS.name(),
                        Produced.with(Serdes.String(), counts).withName("presence-counts-sink"));
        // Through the same repartition topic, whose number of partitions is that of presence-events, the larger one.
        KStream<String, PresenceSignal> erased = builder.stream(
                        Topics.ERASURE_EVENTS.name(),
                        Consumed.with(Serdes.String(), erasures)
                                .withName("erasure-events-source")
                                .withTimestampExtractor(new RecordTime(wallClock))
                                .withOffsetResetPolicy(AutoOffsetReset.earliest()))
                .flatMap((_, erasure) -> ofErased(erasure), Named.as("of-erased"));
        signals.filter((_, signal) -> signal.sign().isOfUser() || signal.sign() == Signal.CLOCK, Named.as("of-users"))
                .selectKey((_, signal) -> signal.userId(), Named.as("key-by-user"))
                .merge(erased, Named.as("with-erased"))
                .repartition(Repartitioned.with(Serdes.String(), PresenceSignalSerde.create())
                        .withStreamPartitioner(PresenceTopology::partitionsOf)
                        .withName("by-user"))
                .process(
                        () -> new UserProcessor(userTimes, partitions, budget, metrics), Named.as("users"), USERS_STORE)
                .to(
                        Topics.USER_PRESENCE.name(),
                        Produced.with(Serdes.String(), statuses).withName("user-presence-sink"));
        return builder.build();
    }

    /** A tombstone changes nothing: an erasure cannot be undone. */
    private static List<KeyValue<String, PresenceSignal>> ofErased(@Nullable UserErased erasure) {
        if (erasure == null) {
            return List.of();
        }
        String userId = erasure.getUserId();
        var _ = ChannelNames.user("userId", userId);
        return List.of(KeyValue.pair(userId, PresenceSignal.erased(userId)));
    }

    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(KeyValueBytesStoreSupplier supplier) {
        return Stores.keyValueStoreBuilder(supplier, Serdes.Bytes(), Serdes.ByteArray())
                // Writes of a busy channel or user then reach RocksDB and the changelog once per commit.
                .withCachingEnabled()
                .withLoggingEnabled(CHANGELOG);
    }

    /** A clock concerns the users of all partitions. */
    private static Optional<Set<Integer>> partitionsOf(String topic, String userId, PresenceSignal signal, int all) {
        return signal.sign() == Signal.CLOCK
                ? Optional.of(IntStream.range(0, all).boxed().collect(Collectors.toSet()))
                : Optional.empty();
    }
}
