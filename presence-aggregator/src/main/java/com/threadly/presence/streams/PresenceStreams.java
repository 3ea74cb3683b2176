package com.threadly.presence.streams;

import com.threadly.deadletter.DeadLetters;
import com.threadly.events.PresenceChanged;
import com.threadly.events.PresenceCount;
import com.threadly.events.Topics;
import com.threadly.events.UserErased;
import com.threadly.events.UserPresence;
import com.threadly.presence.users.StatusTimings;
import com.threadly.presence.viewers.ViewerTimings;
import com.threadly.runtime.Context;
import com.threadly.runtime.health.HealthCheck;
import com.threadly.runtime.settings.KafkaSettings;
import com.threadly.runtime.settings.RegistrySettings;
import com.threadly.serde.SerdeConfig;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lifecycle of the topology: start, health, close. */
public final class PresenceStreams implements HealthCheck {

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);
    private static final Duration MAX_TICK = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(PresenceStreams.class);

    private final KafkaStreams streams;
    private final RegistryRetrier registryRetrier;
    private final ThreadFailures failures;
    private final CloseOptions close;
    private final StateLocator locator;
    private final Ticker ticker;
    private boolean closed;

    private PresenceStreams(
            KafkaStreams streams,
            RegistryRetrier registryRetrier,
            ThreadFailures failures,
            CloseOptions close,
            StateLocator locator,
            Ticker ticker) {
        this.streams = streams;
        this.registryRetrier = registryRetrier;
        this.failures = failures;
        this.close = close;
        this.locator = locator;
        this.ticker = ticker;
    }

    /** Wires Kafka Streams; the consumer group is the deployable's name. */
    public static PresenceStreams of(
            Context context,
            KafkaSettings kafka,
            RegistrySettings registry,
            ViewerTimings times,
            StatusTimings userTimes,
            StreamsSettings settings) {
        var registryRetrier = new RegistryRetrier(context.clock());
        var client = context.closing(SerdeConfig.of(registry.serde()).connect());
        var running = new AtomicReference<@Nullable KafkaStreams>();
        var ticker = context.closing(new Ticker(
                tickProducer(kafka, context.name()),
                () -> counted(running.get()),
                tickEvery(times),
                context.clock(),
                context.metrics()));
        var topology = new PresenceTopology(
                times,
                userTimes,
                registryRetrier.over(client, PresenceChanged.class),
                registryRetrier.over(client, UserErased.class),
                registryRetrier.over(client, PresenceCount.class),
                registryRetrier.over(client, UserPresence.class),
                ticker,
                context.clock()::millis,
                context.metrics());
        var deadLetters = context.closing(new DeadLetters(
                DeadLetters.producer(kafka, context.name() + "-counting"),
                context.name(),
                context.clock(),
                context.metrics()));
        var config = new Properties();
        config.putAll(StreamsConfiguration.of(
                kafka,
                context.name(),
                settings,
                context.closing(new RocksMemory()),
                new StreamsDeadLetters(deadLetters)));
        var streams = new KafkaStreams(topology.build(), config);
        running.set(streams);
        var failures = new ThreadFailures(context.clock(), context.metrics());
        streams.setUncaughtExceptionHandler(failures);
        context.closing(new KafkaStreamsMetrics(streams)).bindTo(context.metrics());
        // A static member's restart must not cause a rebalance; any other member hands its work over at once.
        var membership = config.containsKey(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG)
                ? GroupMembershipOperation.REMAIN_IN_GROUP
                : GroupMembershipOperation.LEAVE_GROUP;
        var presenceStreams = new PresenceStreams(
                streams,
                registryRetrier,
                failures,
                CloseOptions.groupMembershipOperation(membership).withTimeout(CLOSE_LIMIT),
                new StateLocator(streams, settings.address()),
                ticker);
        context.health().ready("counting", presenceStreams);
        context.health().live("counting", presenceStreams::stuck);
        return presenceStreams;
    }

    /** Starts, unless already closed; runs {@code end} when another process takes its instance id. */
    public synchronized void start(Runnable end) {
        if (closed) {
            // A termination signal was faster.
            return;
        }
        failures.whenFenced(end);
        streams.start();
        ticker.start();
    }

    /** The latest tick counts, so none is sent twice. */
    private static Producer<byte[], byte[]> tickProducer(KafkaSettings kafka, String name) {
        var serializer = new ByteArraySerializer();
        return new KafkaProducer<>(
                kafka.producer(Map.of(
                        ProducerConfig.CLIENT_ID_CONFIG,
                        name + "-ticks",
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        1_000,
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        2_000,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        5_000)),
                serializer,
                serializer);
    }

    /** Often enough for the latest count of an interval to follow its end soon. */
    private static Duration tickEvery(ViewerTimings times) {
        return times.pushInterval().compareTo(MAX_TICK) < 0 ? times.pushInterval() : MAX_TICK;
    }

    private static Set<Integer> counted(@Nullable KafkaStreams streams) {
        if (streams == null) {
            return Set.of();
        }
        try {
            return streams.metadataForLocalThreads().stream()
                    .flatMap(thread -> thread.activeTasks().stream())
                    .flatMap(task -> task.topicPartitions().stream())
                    .filter(partition -> partition.topic().equals(Topics.PRESENCE_EVENTS.name()))
                    .map(TopicPartition::partition)
                    .collect(Collectors.toSet());
        } catch (IllegalStateException e) {
            // It does not run yet, or any more.
            return Set.of();
        }
    }

    /** Throws if it ended because another process has its instance id. */
    public void requireOwnInstanceId() {
        if (failures.fenced()) {
            throw new IllegalStateException(ThreadFailures.FENCED);
        }
    }

    /** Commits, leaves the group and closes the stores. */
    public synchronized void close() {
        closed = true;
        registryRetrier.end();
        failures.end();
        if (!streams.close(close)) {
            log.atWarn()
                    .log("counting did not stop within {}; the next owner repeats what is not committed", CLOSE_LIMIT);
        }
    }

    /** Locates state for queries. */
    public StateLocator locator() {
        return locator;
    }

    /** Why counts are incomplete, in words for an operator; empty when they are complete. */
    @Override
    public Optional<String> trouble() {
        KafkaStreams.State state = streams.state();
        boolean running = state == KafkaStreams.State.RUNNING;
        // Between a death and the next, all threads run.
        return failures.trouble(running)
                .or(registryRetrier::trouble)
                .or(() ->
                        running ? Optional.empty() : Optional.of("Kafka Streams is %s, not RUNNING".formatted(state)));
    }

    private Optional<String> stuck() {
        return streams.state() == KafkaStreams.State.ERROR
                ? Optional.of("Kafka Streams has failed permanently")
                : Optional.empty();
    }
}
