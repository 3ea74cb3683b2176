package com.threadly.presence.streams;

import com.threadly.events.PresenceChanged;
import com.threadly.events.PresenceCount;
import com.threadly.events.Topics;
import com.threadly.presence.viewers.Times;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.Stores;

/**
 * presence-events, viewers, presence-counts.
 *
 * @param events reads presence-events
 * @param counts writes presence-counts
 */
public record PresenceTopology(
        Times times, Deserializer<PresenceChanged> events, Serializer<PresenceCount> counts, MeterRegistry metrics) {

    static final String SOURCE = "presence-events-source";
    static final String PROCESSOR = "viewers";
    static final String STORE = "viewers-store";
    static final String SINK = "presence-counts-sink";

    /**
     * The topology with its store in RocksDB. A million channels do not fit into the heap that a worker has, and what is
     * kept outside it is bounded by {@link RocksMemory}.
     */
    public Topology build() {
        return build(Stores.persistentKeyValueStore(STORE));
    }

    Topology build(KeyValueBytesStoreSupplier store) {
        var metrics = new EventMetrics(this.metrics);
        return new Topology()
                .addSource(
                        AutoOffsetReset.earliest(),
                        SOURCE,
                        new EventTime(),
                        new StringDeserializer(),
                        events,
                        Topics.PRESENCE_EVENTS.name())
                .addProcessor(PROCESSOR, () -> new ViewerProcessor(times, metrics), SOURCE)
                .addStateStore(
                        Stores.keyValueStoreBuilder(store, Serdes.Bytes(), Serdes.ByteArray())
                                // A busy channel's panes then reach RocksDB and the changelog once a commit.
                                .withCachingEnabled()
                                .withLoggingEnabled(Map.of()),
                        PROCESSOR)
                .addSink(SINK, Topics.PRESENCE_COUNTS.name(), new StringSerializer(), counts, PROCESSOR);
    }
}
