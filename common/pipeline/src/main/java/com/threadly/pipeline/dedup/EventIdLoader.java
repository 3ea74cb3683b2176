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

/** Reads the ids of the events that a group has handled, with a consumer of its own and of no group. */
public final class EventIdLoader {

    /** What the brokers know of partitions; in trouble while some could not be asked about. */
    public interface Logs extends HealthCheck, AutoCloseable {

        /** Of each of {@code partitions} that could be asked about; empty of those without a committed offset. */
        Map<TopicPartition, Optional<HandledLog>> of(Set<TopicPartition> partitions)
                throws UnavailableException, InterruptedException;

        /**
         * The first offsets with these times or later, of those that could be asked about; {@link Long#MAX_VALUE} where
         * there is none.
         */
        Map<TopicPartition, Long> at(Map<TopicPartition, Long> times) throws InterruptedException;

        @Override
        void close();
    }

    /** Who waits for partitions, each for itself. */
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
     * A reader.
     *
     * @param progressLimit how long Kafka may give nothing of any partition
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
     * Tells {@code results} of each of {@code partitions} as soon as it is known.
     *
     * @throws UnavailableException when some could not be read: try those again
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
                                    new PartitionHistory(new EventIdSet(settings, clock), OptionalLong.empty()))));
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
                    .log("the committed offset lies beyond the end of the log, which was truncated or is another one;"
                            + " beginning at its end: what was published before now is not pushed");
        } else if (handled.deletedUnhandled()) {
            log.atError()
                    .addKeyValue("topic", partition.topic())
                    .addKeyValue("partition", partition.partition())
                    .addKeyValue("committed", handled.committed())
                    .addKeyValue("start", handled.start())
                    .log("records were deleted before they were handled; beginning at what is left");
        }
    }
}
