package com.threadly.presence.streams;

import com.threadly.events.ChannelNames;
import com.threadly.events.PresenceChanged;
import com.threadly.events.PresenceCount;
import com.threadly.events.Topics;
import com.threadly.events.UserPresence;
import com.threadly.presence.signal.PresenceSignal;
import com.threadly.presence.users.StatusTimings;
import com.threadly.presence.viewers.ViewerTimings;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.AutoOffsetReset;
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

/**
 * Turns presence-events into signals, counts them by channel into presence-counts, and derives user-presence by user.
 * Every node has a name, so that topics and stores in Kafka survive a change of the topology.
 *
 * @param events reads presence-events
 * @param counts writes presence-counts
 * @param statuses writes user-presence
 */
public record PresenceTopology(
        ViewerTimings times,
        StatusTimings userTimes,
        Serde<PresenceChanged> events,
        Serde<PresenceCount> counts,
        Serde<UserPresence> statuses,
        MeterRegistry metrics) {

    static final String VIEWERS_STORE = "viewers-store";
    static final String USERS_STORE = "users-store";

    /**
     * The topology with its stores in RocksDB. A million channels do not fit into a worker's heap; {@link RocksMemory}
     * limits the memory outside it.
     */
    public Topology build() {
        return build(Stores::persistentKeyValueStore);
    }

    Topology build(Function<String, KeyValueBytesStoreSupplier> stores) {
        var metrics = new EventMetrics(this.metrics);
        var builder = new StreamsBuilder();
        builder.addStateStore(store(stores.apply(VIEWERS_STORE)));
        builder.addStateStore(store(stores.apply(USERS_STORE)));
        KStream<String, PresenceSignal> signals = builder.stream(
                        Topics.PRESENCE_EVENTS.name(),
                        Consumed.with(Serdes.String(), events)
                                .withName("presence-events-source")
                                .withTimestampExtractor(new RecordTime())
                                .withOffsetResetPolicy(AutoOffsetReset.earliest()))
                .process(() -> new ReadProcessor(metrics), Named.as("read"));
        signals.filter((channel, _) -> isCounted(channel), Named.as("counted-channels"))
                .process(() -> new ViewerProcessor(times, metrics), Named.as("viewers"), VIEWERS_STORE)
                .to(
                        Topics.PRESENCE_COUNTS.name(),
                        Produced.with(Serdes.String(), counts).withName("presence-counts-sink"));
        signals.selectKey((_, signal) -> signal.userId(), Named.as("key-by-user"))
                .repartition(Repartitioned.with(Serdes.String(), PresenceSignalSerde.create())
                        .withName("by-user"))
                .process(() -> new UserProcessor(userTimes, metrics), Named.as("users"), USERS_STORE)
                .to(
                        Topics.USER_PRESENCE.name(),
                        Produced.with(Serdes.String(), statuses).withName("user-presence-sink"));
        return builder.build();
    }

    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(KeyValueBytesStoreSupplier supplier) {
        return Stores.keyValueStoreBuilder(supplier, Serdes.Bytes(), Serdes.ByteArray())
                // Writes of a busy channel or user then reach RocksDB and the changelog once per commit.
                .withCachingEnabled()
                .withLoggingEnabled(Map.of());
    }

    /** Whether the channel's viewers are counted. */
    public static boolean isCounted(String channel) {
        return channel.startsWith(ChannelNames.PRODUCT_PREFIX)
                || channel.startsWith(ChannelNames.CATEGORY_PREFIX)
                || channel.startsWith(ChannelNames.SEARCH_PREFIX);
    }
}
