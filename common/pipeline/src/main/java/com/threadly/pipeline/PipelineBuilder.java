package com.threadly.pipeline;

import com.threadly.deadletter.DeadLetters;
import com.threadly.events.Topic;
import com.threadly.events.TopicReader;
import com.threadly.pipeline.dedup.DedupSettings;
import com.threadly.pipeline.dedup.EventIdLoader;
import com.threadly.pipeline.dedup.GroupLogs;
import com.threadly.pipeline.dedup.HistoryLoader;
import com.threadly.pipeline.dedup.ReadBackDeduplicator;
import com.threadly.pipeline.dedup.StartLoader;
import com.threadly.pipeline.start.PushScope;
import com.threadly.pusher.Publisher;
import com.threadly.pusher.PushEvent;
import com.threadly.runtime.Context;
import com.threadly.runtime.kafka.BoundedConsumer;
import com.threadly.runtime.kafka.KafkaAvailability;
import com.threadly.serde.AvroDecoder;
import com.threadly.serde.SerdeConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.jspecify.annotations.Nullable;

/** Builds a pipeline for the records of some topics. */
public final class PipelineBuilder {

    /** After it, reading back restarts with new connections. */
    private static final Duration READ_BACK_PROGRESS_LIMIT = Duration.ofSeconds(10);

    private final Pipelines settings;
    private final Context context;
    private final List<Topic<?>> topics;
    private @Nullable DedupSettings dedup;
    private boolean stores;
    private PushScope scope = PushScope.ALL;
    private RecordProcessor.PushSink pushes = PipelineBuilder::refuse;
    private List<Topic<?>> handledElsewhere = List.of();
    private Set<String> withTombstones = Set.of();

    PipelineBuilder(Pipelines settings, Context context, List<Topic<?>> topics) {
        this.settings = settings;
        this.context = context;
        this.topics = requireListed(context.name(), topics);
    }

    /** Skips events already handled within the {@code dedup} window, by any process. */
    public PipelineBuilder deduplicating(DedupSettings dedup) {
        this.dedup = dedup;
        return this;
    }

    /** Stores what records give, so it reads a topic without committed offsets from its first record. */
    public PipelineBuilder storing() {
        stores = true;
        return this;
    }

    /** Pushes what {@code scope} includes, with {@code publisher}; without one, a pipeline may only store. */
    public PipelineBuilder pushing(Publisher publisher, PushScope scope) {
        context.health().ready("pusher", publisher);
        this.scope = scope;
        pushes = (event, record) -> publisher.publish(scope.bounded(event, record.source()), record);
        return this;
    }

    /** Hands records without a value to the handler, too, as {@link Tombstone}s: of these compacted topics. */
    public PipelineBuilder withTombstonesOf(List<Topic<?>> compacted) {
        withTombstones = compacted.stream().map(Topic::name).collect(Collectors.toSet());
        return this;
    }

    /** Begins once the dead letter topics of {@code others} exist, too, which another part of the process handles. */
    public PipelineBuilder beside(List<Topic<?>> others) {
        handledElsewhere = requireListed(context.name(), others);
        return this;
    }

    /** The pipeline that passes its records to {@code handler}, without duplicates if it deduplicates. */
    public RecordPipeline handling(Handler handler) {
        Map<String, Object> config = settings.consumerConfig();
        var pipeline = new RecordPipeline(
                KafkaAvailability.of(settings.kafka(), topics, deadLetterTopics()),
                () -> connect(config, handler),
                String.valueOf(config.getOrDefault(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, "")));
        context.health().ready("records", pipeline, pipeline::note);
        context.health().live("records", pipeline::stuck);
        return pipeline;
    }

    private List<String> deadLetterTopics() {
        return Stream.concat(topics.stream(), handledElsewhere.stream())
                .map(topic -> topic.deadLetters(context.name()))
                .toList();
    }

    /** Dead letter topics are created from that list: without one, the first bad record would stop its partition. */
    static List<Topic<?>> requireListed(String deployable, List<Topic<?>> topics) {
        List<Topic<?>> listed =
                TopicReader.named(deployable).map(TopicReader::topics).orElseGet(List::of);
        if (!listed.containsAll(topics)) {
            throw new IllegalStateException("%s reads a topic that TopicReader does not list for it: %s, not %s"
                    .formatted(
                            deployable,
                            topics.stream().map(Topic::name).toList(),
                            listed.stream().map(Topic::name).toList()));
        }
        return topics;
    }

    private static void refuse(PushEvent event, TrackedRecord record) {
        throw new IllegalStateException(
                "this pipeline has no publisher, but its handler returned %s".formatted(event.name()));
    }

    private Supplier<PollLoop> connect(Map<String, Object> config, Handler handler) {
        // First: it may fail, and then everything is tried again.
        var deadLetters =
                context.closing(DeadLetters.to(settings.kafka(), context.name(), context.clock(), context.metrics()));
        var metrics = new PipelineMetrics(context.metrics(), context.clock(), settings.group());
        var client = context.closing(SerdeConfig.of(settings.registry().serde()).connect());
        var decoder = new AvroDecoder(client);
        var events = new EventDecoder(decoder, topics, context.clock());
        var processor = new RecordProcessor(events, handler, pushes, deadLetters, metrics, withTombstones);
        var clientMetrics = context.closing(new ClientMetrics(context.metrics()));
        ConsumerConfig parsed = Pipelines.parsed(config);
        var loopSettings = settings.settings()
                .drainingWithin(Duration.ofMillis(parsed.getInt(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG)));
        Duration sessionTimeout = SessionTimeout.of(parsed, settings.kafka().admin());
        return () -> {
            Consumer<byte[], byte[]> consumer = clientMetrics.showing(new BoundedConsumer(config));
            return new PollLoop(
                    consumer,
                    topics,
                    new ReadBackDeduplicator(loader(decoder)),
                    loopSettings,
                    processor,
                    metrics,
                    new GroupMembership(
                            settings.kafka().admin(),
                            settings.group(),
                            topics.stream().map(Topic::name).toList()),
                    GroupSession.of(consumer, sessionTimeout),
                    new OpenTransactions(settings.kafka().admin()),
                    new StoppedPartitions(new SkippedRanges(settings.kafka().admin(), settings.group())));
        };
    }

    private HistoryLoader loader(AvroDecoder decoder) {
        Supplier<HistoryLoader.Logs> logs = () -> new GroupLogs(
                settings.kafka().admin(),
                settings.group(),
                settings::validator,
                scope.startAt(),
                stores,
                context.clock());
        return dedup == null
                ? new StartLoader(logs)
                : new EventIdLoader(dedup, logs, settings::reader, decoder, context.clock(), READ_BACK_PROGRESS_LIMIT);
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
}
