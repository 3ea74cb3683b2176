package com.threadly.pipeline;

import com.threadly.events.InvalidFieldException;
import com.threadly.events.Topic;
import com.threadly.runtime.Context;
import com.threadly.runtime.health.HealthCheck;
import com.threadly.runtime.kafka.PartitionReader;
import com.threadly.runtime.retry.RetryPolicy;
import com.threadly.runtime.retry.UnavailableException;
import com.threadly.serde.AvroDecoder;
import com.threadly.serde.SerdeConfig;
import com.threadly.serde.UndecodableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all partitions of a compacted topic in every process, and follows them: the latest record of each key is known
 * everywhere, whoever owns which partition. A topic that does not exist has no records yet.
 */
public final class CompactedTopic<V extends SpecificRecord> implements ReadProgress, HealthCheck, AutoCloseable {

    /** Receives the records of a key in their order; called by one thread. */
    @FunctionalInterface
    public interface Rows<V> {

        /** Takes a key's next value; null when the key was removed. */
        void put(String key, @Nullable V value);
    }

    private static final Duration POLL = Duration.ofMillis(500);

    /** How soon new partitions are noticed, or that the topic has been created. */
    private static final Duration METADATA_INTERVAL = Duration.ofSeconds(5);

    /** Another consumer may have a record a little earlier. */
    private static final Duration USUAL_DELAY = Duration.ofMillis(500);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

    private static final Logger log = LoggerFactory.getLogger(CompactedTopic.class);

    private final Topic<V> topic;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final EventDecoder decoder;
    private final Rows<V> rows;
    /** The last offset that {@code rows} have, by partition. */
    private final Map<Integer, Long> read = new ConcurrentHashMap<>();

    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean loaded;
    private volatile @Nullable String trouble;

    private CompactedTopic(
            Topic<V> topic, Supplier<Consumer<byte[], byte[]>> consumers, EventDecoder decoder, Rows<V> rows) {
        this.topic = topic;
        this.consumers = consumers;
        this.decoder = decoder;
        this.rows = rows;
        this.trouble = topic.name() + " has not been read yet";
    }

    /** Reads on a thread of its own until {@code context} ends; the process is not ready before it has read all. */
    public static <V extends SpecificRecord> CompactedTopic<V> follow(
            Topic<V> topic, Pipelines pipelines, Context context, Rows<V> rows) {
        var client =
                context.closing(SerdeConfig.of(pipelines.registry().serde()).connect());
        var decoder = new EventDecoder(new AvroDecoder(client), List.of(topic), context.clock());
        var reader = context.closing(new CompactedTopic<>(topic, pipelines::reader, decoder, rows));
        context.health().ready(topic.name(), reader);
        context.threads(topic.name()).newThread(reader::run).start();
        return reader;
    }

    @Override
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    @Override
    public void requireLoaded() throws UnavailableException {
        if (!loaded) {
            throw new UnavailableException(topic.name() + " has not been read yet");
        }
    }

    @Override
    public void requireRead(int partition, long offset) throws UnavailableException {
        requireLoaded();
        long deadline = System.nanoTime() + USUAL_DELAY.toNanos();
        while (!isRead(partition, offset)
                && System.nanoTime() - deadline < 0
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        if (!isRead(partition, offset)) {
            throw new UnavailableException(String.format(
                    Locale.ROOT, "%s-%d has not been read up to offset %d yet", topic.name(), partition, offset));
        }
    }

    private boolean isRead(int partition, long offset) {
        return read.getOrDefault(partition, -1L) >= offset;
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private void run() {
        try {
            for (int failures = 0; closed.getCount() > 0; ) {
                try (Consumer<byte[], byte[]> consumer = consumers.get()) {
                    read(consumer);
                    failures = 0;
                } catch (KafkaException e) {
                    trouble = topic.name() + " cannot be read: " + e.getMessage();
                    log.atWarn()
                            .addKeyValue("topic", topic.name())
                            .addKeyValue("cause", e.getMessage())
                            .log("cannot read a compacted topic; trying again");
                    var _ = RetryPolicy.STANDARD.pauseUnless(closed, ++failures);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Everything from the beginning, then what comes; returns when the partitions have changed, or it is closed. */
    private void read(Consumer<byte[], byte[]> consumer) throws InterruptedException {
        List<TopicPartition> partitions = partitions(consumer);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        // What was true long ago is put again meanwhile.
        loaded = false;
        PartitionReader.read(consumer, ends, records -> records.forEach(this::put));
        consumer.resume(partitions);
        // Records at the end may have been compacted away.
        ends.forEach((partition, end) -> read.merge(partition.partition(), end - 1, Math::max));
        trouble = null;
        loaded = true;
        long looked = System.nanoTime();
        while (closed.getCount() > 0) {
            if (partitions.isEmpty()) {
                if (closed.await(METADATA_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            } else {
                consumer.poll(POLL).forEach(this::put);
            }
            if (System.nanoTime() - looked >= METADATA_INTERVAL.toNanos()) {
                if (!partitions(consumer).equals(partitions)) {
                    return;
                }
                looked = System.nanoTime();
            }
        }
    }

    private List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer) {
        return consumer.partitionsFor(topic.name()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .sorted(Comparator.comparingInt(TopicPartition::partition))
                .toList();
    }

    private void put(ConsumerRecord<byte[], byte[]> record) {
        note(record);
        read.put(record.partition(), record.offset());
    }

    private void note(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            return;
        }
        String key = new String(record.key(), StandardCharsets.UTF_8);
        try {
            rows.put(
                    key,
                    record.value() == null
                            ? null
                            : topic.valueType().cast(decoder.decode(record).event()));
        } catch (UndecodableException | InvalidFieldException e) {
            // A pipeline puts it aside, if one reads the topic; the next record of the key counts instead.
            log.atError()
                    .addKeyValue("topic", record.topic())
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("cause", e.getMessage())
                    .log("a record of a compacted topic cannot be read and is ignored");
        }
    }
}
