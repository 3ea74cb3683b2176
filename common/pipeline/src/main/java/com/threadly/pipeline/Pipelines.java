package com.threadly.pipeline;

import com.threadly.events.Topic;
import com.threadly.runtime.Context;
import com.threadly.runtime.kafka.BoundedConsumer;
import com.threadly.runtime.settings.InvalidSettingsException;
import com.threadly.runtime.settings.KafkaSettings;
import com.threadly.runtime.settings.RegistrySettings;
import com.threadly.runtime.settings.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.GroupProtocol;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Builds a worker's pipeline from its settings.
 *
 * @param settings how it runs
 * @param group its consumer group
 */
public record Pipelines(PipelineSettings settings, KafkaSettings kafka, RegistrySettings registry, String group) {

    /** Prefetched records are in the heap: Kafka's default of 1 MiB per partition would fill much of a small one. */
    private static final int MAX_PARTITION_FETCH_BYTES = 256 * 1024;

    /** For all partitions together; a broker returns more only for a single larger batch. */
    private static final int MAX_FETCH_BYTES = 8 * 1024 * 1024;

    /**
     * How long a broker may keep a fetch waiting. It has one at a time of a consumer, so a fetch of partitions without
     * records holds up those that resume meanwhile: no longer than what is held lasts, at full speed.
     */
    private static final int MAX_FETCH_WAIT_MS = 50;

    /** The broker's assignor, of KIP-848: distributes each topic evenly. */
    private static final String REMOTE_ASSIGNOR = "range";

    /** The same for the classic protocol. The second is for a group with members that know only that one. */
    private static final String CLASSIC_ASSIGNORS =
            CooperativeRangeAssignor.class.getName() + "," + CooperativeStickyAssignor.class.getName();

    /** In the group of the settings, by default the deployable's name. */
    public static Pipelines from(Context context) {
        return from(ConsumerGroup.of(context), context.settings(), PipelineSettings.from(context.settings()));
    }

    /** For a worker with {@code maxHeldRecords} as the setting's default. */
    public static Pipelines holding(int maxHeldRecords, Context context) {
        return from(
                ConsumerGroup.of(context),
                context.settings(),
                PipelineSettings.holding(maxHeldRecords, context.settings()));
    }

    /** In {@code group}, regardless of the settings: for a deployable with a fixed group. */
    public static Pipelines in(String group, Settings settings) {
        return from(group, settings, PipelineSettings.from(settings));
    }

    private static Pipelines from(String group, Settings settings, PipelineSettings pipeline) {
        return new Pipelines(pipeline, KafkaSettings.from(settings), RegistrySettings.from(settings), group);
    }

    /** A pipeline of {@code topics}, all of which {@link com.threadly.events.TopicReader} lists for the deployable. */
    public PipelineBuilder reading(List<Topic<?>> topics, Context context) {
        return new PipelineBuilder(this, context, topics);
    }

    /** A consumer without a group, for bulk reads. */
    Consumer<byte[], byte[]> reader() {
        Map<String, Object> config = kafka.reader(
                group + "-read-back",
                Map.of(
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        5_000,
                        ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                        MAX_FETCH_BYTES));
        return new BoundedConsumer(config);
    }

    /** A consumer without a group that fails, instead of seeking, when a log is not the one that was read. */
    Consumer<byte[], byte[]> validator() {
        Map<String, Object> config = kafka.reader(group + "-validation", Map.of());
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        return new BoundedConsumer(config);
    }

    /** The configuration of the group member, without its deserializers. */
    Map<String, Object> consumerConfig() {
        var config = new HashMap<String, Object>();
        config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, group);
        // KIP-848: rebalances without stopping the group. KAFKA_GROUP_PROTOCOL=classic disables it.
        config.put(
                ConsumerConfig.GROUP_PROTOCOL_CONFIG,
                GroupProtocol.CONSUMER.name().toLowerCase(Locale.ROOT));
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, MAX_PARTITION_FETCH_BYTES);
        config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, MAX_FETCH_BYTES);
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, MAX_FETCH_WAIT_MS);
        Map<String, Object> merged = kafka.consumer(config);
        // Otherwise one of two members may get all partitions of one topic, and the other all of another.
        if ("classic".equalsIgnoreCase(String.valueOf(merged.get(ConsumerConfig.GROUP_PROTOCOL_CONFIG)))) {
            merged.putIfAbsent(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CLASSIC_ASSIGNORS);
        } else {
            merged.putIfAbsent(ConsumerConfig.GROUP_REMOTE_ASSIGNOR_CONFIG, REMOTE_ASSIGNOR);
        }
        return checked(merged);
    }

    /** Conflicting settings, such as a session timeout with KIP-848, show only here. */
    private static Map<String, Object> checked(Map<String, Object> config) {
        try {
            var _ = parsed(config);
            return config;
        } catch (ConfigException e) {
            throw new InvalidSettingsException(List.of("KAFKA_*: " + e.getMessage()));
        }
    }

    static ConsumerConfig parsed(Map<String, Object> config) {
        var whole = new HashMap<>(config);
        whole.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        whole.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        return new ConsumerConfig(whole);
    }
}
