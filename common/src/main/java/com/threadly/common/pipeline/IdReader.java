package com.threadly.common.pipeline;

import com.threadly.common.serde.AvroDecoder;
import com.threadly.common.serde.UndecodableException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the ids of the events that lie before the committed offsets, with a consumer of its own and of no group. */
final class IdReader {

    /** The committed offsets of partitions; those without are left out. */
    @FunctionalInterface
    interface Committed {
        Map<TopicPartition, Long> of(Set<TopicPartition> partitions) throws UnavailableException, InterruptedException;
    }

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(IdReader.class);

    private final DedupSettings settings;
    private final Committed committed;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final AvroDecoder decoder;
    private final Clock clock;

    IdReader(
            DedupSettings settings,
            Committed committed,
            Supplier<Consumer<byte[], byte[]>> consumers,
            AvroDecoder decoder,
            Clock clock) {
        this.settings = settings;
        this.committed = committed;
        this.consumers = consumers;
        this.decoder = decoder;
        this.clock = clock;
    }

    /**
     * What has been seen of each of {@code partitions}.
     *
     * @throws UnavailableException when Kafka or the registry is down: try again
     */
    Map<TopicPartition, SeenIds> read(Set<TopicPartition> partitions)
            throws UnavailableException, InterruptedException {
        var seen = new HashMap<TopicPartition, SeenIds>();
        partitions.forEach(partition -> seen.put(partition, new SeenIds(settings.window(), settings.maxIds())));
        Map<TopicPartition, Long> ends = committed.of(partitions);
        if (!ends.isEmpty()) {
            try (Consumer<byte[], byte[]> consumer = consumers.get()) {
                consumer.assign(ends.keySet());
                starts(consumer, ends).forEach(consumer::seek);
                readTo(ends, consumer, seen);
            } catch (KafkaException e) {
                // The registry's absence is one of these, too.
                throw new UnavailableException(String.valueOf(e.getMessage()), e);
            }
        }
        return seen;
    }

    private void readTo(
            Map<TopicPartition, Long> ends, Consumer<byte[], byte[]> consumer, Map<TopicPartition, SeenIds> seen) {
        long total = left(ends, consumer, ends.keySet());
        long begun = System.nanoTime();
        long reported = begun;
        long read = 0;
        log.atInfo()
                .addKeyValue("partitions", ends.size())
                .addKeyValue("records", total)
                .log("reading back");
        Set<TopicPartition> reading = pauseFinished(ends, consumer, new HashSet<>(ends.keySet()));
        while (!reading.isEmpty()) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            for (TopicPartition partition : records.partitions()) {
                SeenIds ids = Objects.requireNonNull(seen.get(partition), "a partition that was not asked for");
                long end = ends.getOrDefault(partition, 0L);
                for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
                    if (record.offset() < end) {
                        add(record, ids);
                        read++;
                    }
                }
            }
            reading = pauseFinished(ends, consumer, reading);
            if (System.nanoTime() - reported > BETWEEN_REPORTS.toNanos()) {
                reported = System.nanoTime();
                report("reading back", read, begun, left(ends, consumer, reading));
            }
        }
        report("read back", read, begun, 0);
    }

    private void add(ConsumerRecord<byte[], byte[]> record, SeenIds seen) {
        if (record.value() == null) {
            return;
        }
        try {
            UUID id = Duplicates.eventId(decoder.decode(record.value()));
            if (id != null) {
                seen.add(id, record.timestamp());
            }
        } catch (UndecodableException e) {
            // It became a dead letter when it was handled.
        }
    }

    /**
     * Where to begin: a window before the first record that will be handled, which is older than now where much is left
     * to do; but not before as many records as are remembered.
     */
    private Map<TopicPartition, Long> starts(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> first = consumer.beginningOffsets(ends.keySet());
        Map<TopicPartition, Long> nextTimes = nextTimes(consumer, ends);
        Map<TopicPartition, OffsetAndTimestamp> windows = consumer.offsetsForTimes(ends.keySet().stream()
                .collect(Collectors.toMap(
                        partition -> partition,
                        partition -> Math.max(
                                0,
                                nextTimes.getOrDefault(partition, clock.millis())
                                        - settings.window().toMillis()))));
        var starts = new HashMap<TopicPartition, Long>();
        ends.forEach((partition, end) -> {
            OffsetAndTimestamp window = windows.get(partition);
            long from = window == null ? end : Math.min(window.offset(), end);
            starts.put(partition, Math.max(from, Math.max(first.getOrDefault(partition, 0L), end - settings.maxIds())));
        });
        return starts;
    }

    /** When the first records that will be handled were written, for the partitions that have some. */
    private Map<TopicPartition, Long> nextTimes(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> last = consumer.endOffsets(ends.keySet());
        ends.forEach(consumer::seek);
        var times = new HashMap<TopicPartition, Long>();
        Set<TopicPartition> looking = pauseFinished(last, consumer, new HashSet<>(ends.keySet()));
        while (!looking.isEmpty()) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                var partition = new TopicPartition(record.topic(), record.partition());
                if (times.putIfAbsent(partition, record.timestamp()) == null) {
                    consumer.pause(Set.of(partition));
                    looking.remove(partition);
                }
            }
            looking = pauseFinished(last, consumer, looking);
        }
        consumer.resume(ends.keySet());
        return times;
    }

    private static Set<TopicPartition> pauseFinished(
            Map<TopicPartition, Long> ends, Consumer<byte[], byte[]> consumer, Set<TopicPartition> reading) {
        var left = new HashSet<TopicPartition>();
        for (TopicPartition partition : reading) {
            if (consumer.position(partition) < ends.getOrDefault(partition, 0L)) {
                left.add(partition);
            } else {
                consumer.pause(Set.of(partition));
            }
        }
        return left;
    }

    private static long left(
            Map<TopicPartition, Long> ends, Consumer<byte[], byte[]> consumer, Collection<TopicPartition> reading) {
        return reading.stream()
                .mapToLong(partition -> ends.getOrDefault(partition, 0L) - consumer.position(partition))
                .sum();
    }

    private static void report(String what, long read, long begun, long left) {
        double seconds = Math.max(1, System.nanoTime() - begun) / 1e9;
        log.atInfo()
                .addKeyValue("records", read)
                .addKeyValue("left", left)
                .addKeyValue("records_per_second", Math.round(read / seconds))
                .log(what);
    }
}
