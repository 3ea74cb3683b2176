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

/** Reads partitions from where the consumer stands up to ends that are known before. */
public final class PartitionReader {

    /** Handles what one poll gave. */
    @FunctionalInterface
    public interface Batches {
        void accept(List<ConsumerRecord<byte[], byte[]>> records) throws InterruptedException;
    }

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private PartitionReader() {}

    /**
     * Gives {@code batches} what lies before {@code ends}, those of one partition in order.
     *
     * @throws TimeoutException when Kafka gives nothing for too long
     */
    public static void read(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends, Batches batches)
            throws InterruptedException {
        Map<TopicPartition, Long> left = new HashMap<>(ends);
        // Partitions that were read to an end before are still paused, even after they are assigned again.
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
                // Handling may take long, and is no fault of Kafka.
                progressed = System.nanoTime();
            } else if (System.nanoTime() - progressed > PATIENCE.toNanos()) {
                throw new TimeoutException(String.format(
                        Locale.ROOT, "nothing came from %s within %d s", left.keySet(), PATIENCE.toSeconds()));
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
