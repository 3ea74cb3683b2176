package com.threadly.pipeline.dedup;

import com.threadly.runtime.retry.UnavailableException;
import com.threadly.serde.AvroDecoder;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Reads the ids of events that a group has handled, with a separate consumer without a group. */
public final class EventIdLoader implements HistoryLoader {

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

    @Override
    public String task(int partitions) {
        return String.format(Locale.ROOT, "reads %d partitions back to know duplicates", partitions);
    }

    @Override
    public void read(Set<TopicPartition> partitions, Results results)
            throws UnavailableException, InterruptedException {
        try (Logs brokers = logs.get();
                Consumer<byte[], byte[]> consumer = consumers.get()) {
            var round = new ReadBackRound(settings, brokers, consumer, decoder, clock, results);
            StartLoader.look(brokers, partitions).forEach(round::add);
            round.read(progressLimit);
            Optional<String> trouble = brokers.trouble().or(round::trouble);
            if (trouble.isPresent()) {
                throw new UnavailableException(trouble.get());
            }
        } catch (KafkaException e) {
            throw new UnavailableException(String.valueOf(e.getMessage()), e);
        }
    }
}
