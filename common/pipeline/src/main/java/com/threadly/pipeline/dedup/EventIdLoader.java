package com.threadly.pipeline.dedup;

import com.threadly.runtime.health.HealthCheck;
import com.threadly.runtime.retry.UnavailableException;
import com.threadly.serde.AvroDecoder;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the ids of events that a group has handled, with a separate consumer without a group. */
public final class EventIdLoader {

    /** Looks up partitions at the brokers; in trouble while some lookups fail. */
    public interface Logs extends HealthCheck, AutoCloseable {

        /** The logs of those of {@code partitions} whose lookup succeeded; empty for one without a committed offset. */
        Map<TopicPartition, Optional<HandledLog>> of(Set<TopicPartition> partitions)
                throws UnavailableException, InterruptedException;

        /**
         * The first offsets at or after these times, where the lookup succeeded; {@link Long#MAX_VALUE} where there is
         * none.
         */
        Map<TopicPartition, Long> at(Map<TopicPartition, Long> times) throws InterruptedException;

        @Override
        void close();
    }

    /** Receives the result of each partition. */
    interface Results {

        boolean wants(TopicPartition partition);

        void known(TopicPartition partition, PartitionHistory deduplicator);
    }

    private static final Logger log = LoggerFactory.getLogger(EventIdLoader.class);

    private final DedupSettings settings;
    private final Supplier<Logs> logs;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final AvroDecoder decoder;
    private final Clock clock;
    private final Duration progressLimit;

    /**
     * A loader.
     *
     * @param progressLimit how long Kafka may return nothing from any partition
     */
    public EventIdLoader(
            DedupSettings settings,
            Supplier<Logs> logs,
            Supplier<Consumer<byte[], byte[]>> consumers,
            AvroDecoder decoder,
            Clock clock,
            Duration progressLimit) {
        this.settings = settings;
        this.logs = logs;
        this.consumers = consumers;
        this.decoder = decoder;
        this.clock = clock;
        this.progressLimit = progressLimit;
    }

    /**
     * Reports each of {@code partitions} to {@code results} as soon as it is loaded.
     *
     * @throws UnavailableException when some could not be read: retry those
     */
    void read(Set<TopicPartition> partitions, Results results) throws UnavailableException, InterruptedException {
        try (Logs brokers = logs.get();
                Consumer<byte[], byte[]> consumer = consumers.get()) {
            var round = new ReadBackRound(settings, brokers, consumer, decoder, clock, results);
            brokers.of(partitions)
                    .forEach((partition, found) -> found.ifPresentOrElse(
                            handled -> {
                                warn(partition, handled);
                                round.add(partition, handled);
                            },
                            () -> results.known(
                                    partition,
                                    new PartitionHistory(
                                            new EventIdSet(settings.window(), settings.maxIds()),
                                            OptionalLong.empty()))));
            round.read(progressLimit);
            Optional<String> trouble = brokers.trouble().or(round::trouble);
            if (trouble.isPresent()) {
                throw new UnavailableException(trouble.get());
            }
        } catch (KafkaException e) {
            throw new UnavailableException(String.valueOf(e.getMessage()), e);
        }
    }

    private static void warn(TopicPartition partition, HandledLog handled) {
        if (handled.committedBeyondEnd()) {
            log.atError()
                    .addKeyValue("topic", partition.topic())
                    .addKeyValue("partition", partition.partition())
                    .addKeyValue("committed", handled.committed())
                    .addKeyValue("end", handled.end())
                    .log("the committed offset is beyond the end of the log, which was truncated or replaced;"
                            + " starting at its end: earlier records are not pushed");
        } else if (handled.deletedUnhandled()) {
            log.atError()
                    .addKeyValue("topic", partition.topic())
                    .addKeyValue("partition", partition.partition())
                    .addKeyValue("committed", handled.committed())
                    .addKeyValue("start", handled.start())
                    .log("records were deleted before they were handled; starting at the first one left; increase the"
                            + " topic's retention or reduce the lag");
        }
    }
}
