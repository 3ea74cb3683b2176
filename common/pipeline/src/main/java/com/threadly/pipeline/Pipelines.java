package com.threadly.pipeline;

import com.threadly.deadletter.DeadLetters;
import com.threadly.events.Topic;
import com.threadly.events.TopicReader;
import com.threadly.pipeline.dedup.DedupSettings;
import com.threadly.pipeline.dedup.Deduplicator;
import com.threadly.pipeline.dedup.EventIdLoader;
import com.threadly.pipeline.dedup.GroupLogs;
import com.threadly.pipeline.dedup.ReadBackDeduplicator;
import com.threadly.pusher.Publisher;
import com.threadly.pusher.PushCallback;
import com.threadly.pusher.PushEvent;
import com.threadly.runtime.Context;
import com.threadly.runtime.kafka.KafkaWatch;
import com.threadly.runtime.kafka.TopicCheck;
import com.threadly.runtime.settings.InvalidSettingsException;
import com.threadly.runtime.settings.KafkaSettings;
import com.threadly.runtime.settings.RegistrySettings;
import com.threadly.runtime.settings.Settings;
import com.threadly.serde.AvroDecoder;
import com.threadly.serde.SerdeConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.GroupProtocol;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Builds a worker's pipeline out of its settings.
 *
 * @param settings how it runs
 * @param group its consumer group
 */
public record Pipelines(PipelineSettings settings, KafkaSettings kafka, RegistrySettings registry, String group) {

    /** A broker that has gone shows within the time for an answer and this. */
    private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(2);

    /** After it, reading back begins again with connections of its own. */
    private static final Duration READ_BACK_PROGRESS_LIMIT = Duration.ofSeconds(10);

    /** What is fetched ahead waits in the heap: Kafka's own 1 MiB of each partition would be much of a small one. */
    private static final int MAX_PARTITION_FETCH_BYTES = 256 * 1024;

    /** The broker's, of KIP-848: each topic evenly over its members. */
    private static final String REMOTE_ASSIGNOR = "range";

    /** The same of the classic protocol. The second is for a group with members that know no other yet. */
    private static final String CLASSIC_ASSIGNORS =
            CooperativeRangeAssignor.class.getName() + "," + CooperativeStickyAssignor.class.getName();

    private static final ByteArrayDeserializer DESERIALIZER = new ByteArrayDeserializer();

    /** In the group that the settings name, which is the deployable's unless set. */
    public static Pipelines from(Context context) {
        return from(ConsumerGroup.of(context), context.settings(), PipelineSettings.from(context.settings()));
    }

    /** For a worker that holds no more than {@code maxHeldRecords} where the setting does not say otherwise. */
    public static Pipelines holding(int maxHeldRecords, Context context) {
        return from(
                ConsumerGroup.of(context),
                context.settings(),
                PipelineSettings.holding(maxHeldRecords, context.settings()));
    }

    /** In {@code group}, whatever the settings say: for a deployable whose group cannot be chosen. */
    public static Pipelines in(String group, Settings settings) {
        return from(group, settings, PipelineSettings.from(settings));
    }

    private static Pipelines from(String group, Settings settings, PipelineSettings pipeline) {
        return new Pipelines(pipeline, KafkaSettings.from(settings), RegistrySettings.from(settings), group);
    }

    /** A pipeline that handles each record, however often its event comes. */
    public RecordPipeline of(Context context, List<Topic<?>> topics, Handler handler, Publisher publisher) {
        return of(context, topics, handler, publisher, decoder -> Deduplicator.NONE);
    }

    /** As the other, handling no event again that came within {@code dedup}, whoever handled it then. */
    public RecordPipeline of(
            Context context, List<Topic<?>> topics, DedupSettings dedup, Handler handler, Publisher publisher) {
        return of(
                context,
                topics,
                handler,
                publisher,
                decoder -> new ReadBackDeduplicator(new EventIdLoader(
                        dedup,
                        () -> new GroupLogs(kafka.admin(), group),
                        this::reader,
                        decoder,
                        context.clock(),
                        READ_BACK_PROGRESS_LIMIT)));
    }

    /** A pipeline of a deployable that stores what it reads, and pushes nothing. */
    public RecordPipeline storing(Context context, List<Topic<?>> topics, Handler handler) {
        return of(context, topics, handler, Pipelines::refuse, decoder -> Deduplicator.NONE);
    }

    private static void refuse(PushEvent event, PushCallback callback) {
        throw new IllegalStateException("this pipeline pushes nothing, but was given %s".formatted(event.name()));
    }

    private RecordPipeline of(
            Context context,
            List<Topic<?>> topics,
            Handler handler,
            Publisher publisher,
            Function<AvroDecoder, Deduplicator> deduplicator) {
        context.health().ready("pusher", publisher::trouble);
        return of(context, topics, handler, publisher::publish, deduplicator);
    }

    private RecordPipeline of(
            Context context,
            List<Topic<?>> topics,
            Handler handler,
            RecordProcessor.PushSink pushes,
            Function<AvroDecoder, Deduplicator> deduplicator) {
        requireListed(context.name(), topics);
        Map<String, Object> config = consumerConfig();
        var watch = new KafkaWatch(
                new TopicCheck(kafka.admin(), topics.stream().map(Topic::name).toList()), BETWEEN_QUESTIONS);
        var pipeline = new RecordPipeline(
                watch,
                () -> connect(context, config, topics, handler, pushes, deduplicator),
                String.valueOf(config.getOrDefault(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, "")));
        context.health().ready("records", pipeline::trouble, pipeline::note);
        context.health().live("records", pipeline::stuck);
        return pipeline;
    }

    /** Dead letter topics are created by that list: without them, the first bad record would stop its partition. */
    static void requireListed(String deployable, List<Topic<?>> topics) {
        List<Topic<?>> listed =
                TopicReader.named(deployable).map(TopicReader::topics).orElseGet(List::of);
        if (!listed.containsAll(topics)) {
            throw new IllegalStateException("%s reads a topic that TopicReader does not list for it: %s, not %s"
                    .formatted(
                            deployable,
                            topics.stream().map(Topic::name).toList(),
                            listed.stream().map(Topic::name).toList()));
        }
    }

    private Supplier<PollLoop> connect(
            Context context,
            Map<String, Object> config,
            List<Topic<?>> topics,
            Handler handler,
            RecordProcessor.PushSink pushes,
            Function<AvroDecoder, Deduplicator> deduplicator) {
        var metrics = new PipelineMetrics(context.metrics(), context.clock(), group);
        var client = context.closing(SerdeConfig.of(registry.serde()).connect());
        var deadLetters = context.closing(DeadLetters.to(kafka, context.name(), context.clock(), context.metrics()));
        var decoder = new AvroDecoder(client);
        var processor = new RecordProcessor(decoder, handler, pushes, deadLetters, metrics);
        var clientMetrics = context.closing(new ClientMetrics(context.metrics()));
        var pollInterval = Duration.ofMillis(parsed(config).getInt(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG));
        return () -> new PollLoop(
                clientMetrics.showing(new KafkaConsumer<>(config, DESERIALIZER, DESERIALIZER)),
                topics,
                deduplicator.apply(decoder),
                settings.drainingWithin(pollInterval),
                processor,
                metrics,
                new GroupMembership(
                        kafka.admin(), group, topics.stream().map(Topic::name).toList()));
    }

    /** Those of one consumer after the other. */
    private static final class ClientMetrics implements AutoCloseable {

        private final MeterRegistry registry;
        private @Nullable KafkaClientMetrics shown;

        ClientMetrics(MeterRegistry registry) {
            this.registry = registry;
        }

        <K, V> Consumer<K, V> showing(Consumer<K, V> consumer) {
            close();
            shown = new KafkaClientMetrics(consumer);
            shown.bindTo(registry);
            return consumer;
        }

        @Override
        public void close() {
            if (shown != null) {
                shown.close();
            }
        }
    }

    /** A consumer of no group, to read in bulk. */
    private Consumer<byte[], byte[]> reader() {
        Map<String, Object> config =
                kafka.reader(group + "-read-back", Map.of(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000));
        return new KafkaConsumer<>(config, DESERIALIZER, DESERIALIZER);
    }

    /** What the member of the group is made with, less its deserializers. */
    Map<String, Object> consumerConfig() {
        var config = new HashMap<String, Object>();
        config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, group);
        // KIP-848: rebalances without stopping the group. KAFKA_GROUP_PROTOCOL=classic goes back.
        config.put(
                ConsumerConfig.GROUP_PROTOCOL_CONFIG,
                GroupProtocol.CONSUMER.name().toLowerCase(Locale.ROOT));
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, MAX_PARTITION_FETCH_BYTES);
        Map<String, Object> merged = kafka.consumer(config);
        // Else one of two members may be given all partitions of one topic, and the other all of another.
        if ("classic".equalsIgnoreCase(String.valueOf(merged.get(ConsumerConfig.GROUP_PROTOCOL_CONFIG)))) {
            merged.putIfAbsent(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CLASSIC_ASSIGNORS);
        } else {
            merged.putIfAbsent(ConsumerConfig.GROUP_REMOTE_ASSIGNOR_CONFIG, REMOTE_ASSIGNOR);
        }
        return checked(merged);
    }

    /** Settings that do not go together, such as a session timeout of one's own with KIP-848, show only here. */
    private static Map<String, Object> checked(Map<String, Object> config) {
        try {
            var _ = parsed(config);
            return config;
        } catch (ConfigException e) {
            throw new InvalidSettingsException(List.of("KAFKA_*: " + e.getMessage()));
        }
    }

    private static ConsumerConfig parsed(Map<String, Object> config) {
        var whole = new HashMap<>(config);
        whole.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        whole.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        return new ConsumerConfig(whole);
    }
}
