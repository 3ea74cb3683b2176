package com.threadly.presence.streams;

import com.threadly.runtime.settings.KafkaSettings;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** Settings of Kafka Streams: ours, overridden by {@code KAFKA_*}. */
public final class StreamsConfiguration {

    /** Heap for entries changed since the last commit, and for those read or written last. */
    private static final int CACHE_BYTES = 32 << 20;

    /** A commit sends a burst to dozens of partitions; Kafka's 16 KiB would need more requests. */
    private static final int BATCH_BYTES = 64 << 10;

    private StreamsConfiguration() {}

    static Map<String, Object> of(
            KafkaSettings kafka,
            String applicationId,
            StreamsSettings settings,
            RocksMemory memory,
            StreamsDeadLetters badRecords) {
        var config = new HashMap<String, Object>();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
        config.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDir().toString());
        config.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
        config.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, settings.standbys());
        settings.address()
                .ifPresent(address -> config.put(
                        StreamsConfig.APPLICATION_SERVER_CONFIG,
                        String.format(Locale.ROOT, "%s:%d", address.host(), address.port())));
        config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        // Most of a commit's cost does not depend on its size, and counts are published at most every 2 s.
        config.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 500);
        // Each transaction starts while the last one's markers are being written: the broker answers with a retriable
        // error, and 100 ms would be half of the time between commits.
        config.put(StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MS_CONFIG), 10);
        config.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), BATCH_BYTES);
        // The one task that reads two topics, as erasures have one partition, need not read them in order.
        config.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
        config.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
        config.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        config.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksMemory.Setter.class);
        config.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, UndecodableRecords.class);
        config.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, InvalidRecords.class);
        // A nearly restored state waits for an empty fetch: do not wait for Kafka's half second.
        config.put(StreamsConfig.restoreConsumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG), 50);
        Map<String, Object> merged = kafka.among(names(), config);
        if (!merged.containsKey(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG)) {
            // A dead process is replaced after this time; a static member may return within 45 s.
            merged.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        }
        merged.put(RocksMemory.CONFIG, memory);
        merged.put(StreamsDeadLetters.CONFIG, badRecords);
        return merged;
    }

    /** Those of the settings that Kafka Streams and its clients take from outside. */
    public static Set<String> names() {
        var names = new HashSet<String>(StreamsConfig.configDef().names());
        names.addAll(ConsumerConfig.configNames());
        names.addAll(ProducerConfig.configNames());
        names.addAll(AdminClientConfig.configNames());
        // Its values are those of a plain consumer: Streams has others, and assigns tasks itself.
        names.remove(StreamsConfig.GROUP_PROTOCOL_CONFIG);
        names.remove(ConsumerConfig.GROUP_REMOTE_ASSIGNOR_CONFIG);
        names.remove(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG);
        return names;
    }
}
