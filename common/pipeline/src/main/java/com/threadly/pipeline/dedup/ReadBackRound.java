package com.threadly.pipeline.dedup;

import static java.util.Objects.requireNonNull;

import com.threadly.pipeline.start.PartitionStart;
import com.threadly.runtime.kafka.UnreadableRecords;
import com.threadly.serde.AvroDecoder;
import com.threadly.serde.ForeignRegistryException;
import com.threadly.serde.UndecodableException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt at reading partitions back, by one consumer. Each proceeds independently: first, the timestamp of the
 * next record to be handled determines how far back the window reaches; then the ids before it are read.
 */
final class ReadBackRound {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(ReadBackRound.class);

    /** One partition being read. */
    private static final class Reading {
        final HandledLog handled;
        final PartitionStart start;
        final EventIdSet seen;
        boolean looking;

        @Nullable
        Long nextTime;

        /** One whose schema the registry did not know, while it had resolved no other. */
        @Nullable
        ConsumerRecord<byte[], byte[]> doubtful;

        long position = -1;
        long unreadable;

        Reading(LogAtStart log, EventIdSet seen) {
            this.handled = log.handled();
            this.start = log.start();
            this.seen = seen;
            this.looking = handled.handled() < handled.stableEnd();
        }
    }

    private final DedupSettings settings;
    private final HistoryLoader.Logs brokers;
    private final Consumer<byte[], byte[]> consumer;
    private final AvroDecoder decoder;
    private final Clock clock;
    private final HistoryLoader.Results results;
    private final Map<TopicPartition, Reading> readings = new LinkedHashMap<>();
    private @Nullable String trouble;
    private long read;

    ReadBackRound(
            DedupSettings settings,
            HistoryLoader.Logs brokers,
            Consumer<byte[], byte[]> consumer,
            AvroDecoder decoder,
            Clock clock,
            HistoryLoader.Results results) {
        this.settings = settings;
        this.brokers = brokers;
        this.consumer = consumer;
        this.decoder = decoder;
        this.clock = clock;
        this.results = results;
    }

    void add(TopicPartition partition, LogAtStart log) {
        readings.put(partition, new Reading(log, new EventIdSet(settings, clock)));
    }

    /** Why some partitions could not be read. */
    Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    /** Reads the added partitions; gives up when nothing arrives within {@code progressLimit}. */
    void read(Duration progressLimit) throws InterruptedException {
        if (readings.isEmpty()) {
            return;
        }
        consumer.assign(readings.keySet());
        readings.forEach((partition, reading) -> consumer.seek(partition, reading.handled.handled()));
        long begun = System.nanoTime();
        long progressed = begun;
        long reported = begun;
        log.atInfo().addKeyValue("partitions", readings.size()).log("reading back");
        while (goOn()) {
            boolean progress = moved();
            if (progress) {
                progressed = System.nanoTime();
            } else if (System.nanoTime() - progressed > progressLimit.toNanos()) {
                fail(String.format(
                        Locale.ROOT,
                        "Kafka returned nothing within %d s from %s",
                        progressLimit.toSeconds(),
                        positions()));
                return;
            }
            if (System.nanoTime() - reported > BETWEEN_REPORTS.toNanos()) {
                reported = System.nanoTime();
                report("reading back", begun);
            }
            accept(poll());
        }
        report("read back", begun);
    }

    /** Advances each partition as far as possible without more records; returns whether any needs more. */
    private boolean goOn() throws InterruptedException {
        List.copyOf(readings.keySet()).stream()
                .filter(partition -> !results.wants(partition))
                .forEach(this::leave);
        seekToWindows();
        for (Map.Entry<TopicPartition, Reading> entry : List.copyOf(readings.entrySet())) {
            TopicPartition partition = entry.getKey();
            Reading reading = entry.getValue();
            if (!reading.looking && consumer.position(partition) >= reading.handled.readable()) {
                if (leftInDoubt(partition, reading)) {
                    continue;
                }
                leave(partition);
                results.known(partition, new PartitionHistory(reading.seen, reading.start));
            }
        }
        return !readings.isEmpty();
    }

    /**
     * Where to start: one window before the next record to be handled, which is old when the lag is large; but no
     * earlier than the maximum number of ids.
     */
    private void seekToWindows() throws InterruptedException {
        var ready = new HashSet<TopicPartition>();
        readings.forEach((partition, reading) -> {
            boolean begins = reading.position < 0 && !reading.looking;
            boolean looked = reading.looking
                    && (reading.nextTime != null || consumer.position(partition) >= reading.handled.stableEnd());
            if (begins || looked) {
                ready.add(partition);
            }
        });
        if (ready.isEmpty()) {
            return;
        }
        Map<TopicPartition, Long> latest = brokers.latestTimes(ready);
        var times = new HashMap<TopicPartition, Long>();
        for (TopicPartition partition : ready) {
            Long next = requireNonNull(readings.get(partition)).nextTime;
            // Where nothing is left to handle, the next record follows the latest one: its producer's clock may be
            // late.
            long time = next == null ? Math.min(clock.millis(), latest.getOrDefault(partition, Long.MAX_VALUE)) : next;
            times.put(partition, Math.max(0, time - settings.window().toMillis()));
        }
        Map<TopicPartition, Long> windows = brokers.at(times);
        for (TopicPartition partition : times.keySet()) {
            Reading reading = readings.get(partition);
            Long window = windows.get(partition);
            if (reading == null || window == null) {
                leave(partition);
                continue;
            }
            long handled = reading.handled.handled();
            reading.looking = false;
            consumer.seek(
                    partition,
                    Math.max(
                            Math.min(window, handled), Math.max(reading.handled.start(), handled - settings.maxIds())));
        }
    }

    private boolean moved() {
        boolean moved = false;
        for (Map.Entry<TopicPartition, Reading> entry : readings.entrySet()) {
            long now = consumer.position(entry.getKey());
            moved |= now != entry.getValue().position;
            entry.getValue().position = now;
        }
        return moved;
    }

    private void accept(ConsumerRecords<byte[], byte[]> records) {
        for (TopicPartition partition : records.partitions()) {
            Reading reading = readings.get(partition);
            if (reading == null) {
                continue;
            }
            if (reading.looking) {
                reading.nextTime = LogTime.agreed(records.records(partition), clock);
                continue;
            }
            try {
                for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
                    if (record.offset() < reading.handled.readable()) {
                        add(record, reading);
                        read++;
                    }
                }
            } catch (KafkaException e) {
                // An unavailable registry is one of these, too.
                fail("%s: %s".formatted(partition, e.getMessage()));
                leave(partition);
            }
        }
    }

    private void add(ConsumerRecord<byte[], byte[]> record, Reading reading) {
        if (record.value() == null) {
            return;
        }
        try {
            UUID id = PartitionDeduplicator.eventId(decoder.decode(record.value()));
            if (id != null) {
                reading.seen.add(id, record.timestamp());
            }
        } catch (UndecodableException e) {
            // It became a dead letter when it was handled.
        } catch (ForeignRegistryException e) {
            // It may be such a record, too: the registry may resolve others.
            reading.doubtful = record;
        }
    }

    /** Whether ids may be missing, as the registry knew the schema of no record; then the partition is read again. */
    private boolean leftInDoubt(TopicPartition partition, Reading reading) {
        ConsumerRecord<byte[], byte[]> doubtful = reading.doubtful;
        if (doubtful == null) {
            return false;
        }
        try {
            var _ = decoder.decode(doubtful.value());
            fail("%s: the schema registry did not know its schemas at first".formatted(partition));
        } catch (UndecodableException e) {
            return false;
        } catch (KafkaException e) {
            fail("%s: %s".formatted(partition, e.getMessage()));
        }
        leave(partition);
        return true;
    }

    private ConsumerRecords<byte[], byte[]> poll() {
        try {
            return consumer.poll(POLL);
        } catch (KafkaException | OutOfMemoryError e) {
            if (!UnreadableRecords.mayBeCauseOf(e)) {
                throw e;
            }
            return pollOneByOne();
        }
    }

    /** Kafka does not say which partition has the unreadable record: poll each alone to find it. */
    private ConsumerRecords<byte[], byte[]> pollOneByOne() {
        Set<TopicPartition> all = Set.copyOf(readings.keySet());
        try {
            for (TopicPartition partition : all) {
                consumer.pause(all);
                consumer.resume(Set.of(partition));
                ConsumerRecords<byte[], byte[]> records = pollOrSkip(partition);
                if (!records.isEmpty()) {
                    return records;
                }
            }
            return ConsumerRecords.empty();
        } finally {
            consumer.resume(all);
        }
    }

    private ConsumerRecords<byte[], byte[]> pollOrSkip(TopicPartition partition) {
        try {
            return consumer.poll(POLL);
        } catch (KafkaException | OutOfMemoryError e) {
            Reading reading = readings.get(partition);
            if (!UnreadableRecords.mayBeCauseOf(e) || reading == null) {
                throw e;
            }
            long offset = consumer.position(partition);
            if (reading.unreadable++ == 0) {
                log.atWarn()
                        .addKeyValue("topic", partition.topic())
                        .addKeyValue("partition", partition.partition())
                        .addKeyValue("offset", offset)
                        .addKeyValue("cause", UnreadableRecords.cause(e))
                        .log("cannot read back a record that was handled before; continuing without its id");
            }
            consumer.seek(partition, offset + 1);
            return ConsumerRecords.empty();
        }
    }

    private void leave(TopicPartition partition) {
        readings.remove(partition);
        consumer.pause(Set.of(partition));
    }

    private void fail(String cause) {
        trouble = cause;
    }

    /** Each partition's position and end. */
    private String positions() {
        return String.join(
                ", ",
                readings.entrySet().stream()
                        .map(entry -> String.format(
                                Locale.ROOT,
                                "%s (at %d of %d)",
                                entry.getKey(),
                                entry.getValue().position,
                                entry.getValue().handled.readable()))
                        .toList());
    }

    private void report(String what, long begun) {
        double seconds = Math.max(1, System.nanoTime() - begun) / 1e9;
        log.atInfo()
                .addKeyValue("records", read)
                .addKeyValue("partitions_left", readings.size())
                .addKeyValue("records_per_second", Math.round(read / seconds))
                .log(what);
    }
}
