package com.threadly.runtime.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Reads partitions from the consumer's position to given end offsets. */
public final class PartitionReader {

    /** Handles the records of one poll. */
    @FunctionalInterface
    public interface Batches {
        void accept(List<ConsumerRecord<byte[], byte[]>> records) throws InterruptedException;
    }

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private PartitionReader() {}

    /**
     * Passes the records before {@code ends} to {@code batches}, in order per partition.
     *
     * @throws TimeoutException when Kafka returns nothing for too long
     */
    public static void read(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends, Batches batches)
            throws InterruptedException {
        Map<TopicPartition, Long> left = new HashMap<>(ends);
        // Partitions that an earlier call read to the end are still paused, even after a new assignment.
        consumer.resume(ends.keySet());
        long progressed = System.nanoTime();
        while (true) {
            left.entrySet().removeIf(end -> isFinished(consumer, end));
            if (left.isEmpty()) {
                return;
            }
            ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
            if (!polled.isEmpty()) {
                batches.accept(before(ends, polled));
                // Handling may take long, which is not Kafka's fault.
                progressed = System.nanoTime();
            } else if (System.nanoTime() - progressed > PATIENCE.toNanos()) {
                throw new TimeoutException(String.format(
                        Locale.ROOT,
                        "Kafka returned nothing from %s within %d s",
                        left.keySet(),
                        PATIENCE.toSeconds()));
            }
        }
    }

    private static boolean isFinished(Consumer<byte[], byte[]> consumer, Map.Entry<TopicPartition, Long> end) {
        if (consumer.position(end.getKey()) < end.getValue()) {
            return false;
        }
        consumer.pause(List.of(end.getKey()));
        return true;
    }

    private static List<ConsumerRecord<byte[], byte[]>> before(
            Map<TopicPartition, Long> ends, ConsumerRecords<byte[], byte[]> polled) {
        return polled.partitions().stream()
                .flatMap(partition -> polled.records(partition).stream()
                        .filter(record -> record.offset() < ends.getOrDefault(partition, 0L)))
                .toList();
    }
}
