package com.threadly.presence.streams;

import com.threadly.deadletter.DeadLetters;
import com.threadly.events.PresenceChanged;
import com.threadly.events.PresenceCount;
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
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lifecycle of the topology: start, health, close. */
public final class PresenceStreams implements HealthCheck {

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

    private static final Logger log = LoggerFactory.getLogger(PresenceStreams.class);

    private final KafkaStreams streams;
    private final RegistryRetrier registryRetrier;
    private final ThreadFailures failures;
    private final CloseOptions close;
    private final StateLocator locator;
    private boolean closed;

    private PresenceStreams(
            KafkaStreams streams,
            RegistryRetrier registryRetrier,
            ThreadFailures failures,
            CloseOptions close,
            StateLocator locator) {
        this.streams = streams;
        this.registryRetrier = registryRetrier;
        this.failures = failures;
        this.close = close;
        this.locator = locator;
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
        var topology = new PresenceTopology(
                times,
                userTimes,
                registryRetrier.over(client, PresenceChanged.class),
                registryRetrier.over(client, PresenceCount.class),
                registryRetrier.over(client, UserPresence.class),
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
                new StateLocator(streams, settings.address()));
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
