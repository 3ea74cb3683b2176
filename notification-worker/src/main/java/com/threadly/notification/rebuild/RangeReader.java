package com.threadly.notification.rebuild;

import com.threadly.events.Topics;
import com.threadly.notification.inbox.AnotherRebuildException;
import com.threadly.runtime.kafka.PartitionReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Reads ranges and passes them to the writer: while the records of one poll are written, by partition, it reads the
 * next.
 */
final class RangeReader implements AutoCloseable {

    private final Consumer<byte[], byte[]> consumer;
    private final RebuildWriter writer;
    private final Semaphore connections;
    private final ProgressLine progress;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * A reader.
     *
     * @param parallel partitions written at once
     */
    RangeReader(Consumer<byte[], byte[]> consumer, RebuildWriter writer, int parallel, ProgressLine progress) {
        this.consumer = consumer;
        this.writer = writer;
        this.connections = new Semaphore(parallel);
        this.progress = progress;
    }

    /**
     * Reads all ranges; erasures first, so that no row comes back for a moment, then read events, so that none is unread
     * for one.
     */
    void read(Map<TopicPartition, OffsetRange> ranges) throws InterruptedException {
        progress.expect(ranges.values().stream().mapToLong(OffsetRange::records).sum());
        Map<Integer, Map<TopicPartition, OffsetRange>> rounds = ranges.entrySet().stream()
                .filter(entry -> entry.getValue().records() > 0)
                .collect(Collectors.groupingBy(
                        entry -> round(entry.getKey().topic()),
                        TreeMap::new,
                        Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
        for (Map<TopicPartition, OffsetRange> round : rounds.values()) {
            readAll(round);
        }
    }

    private static int round(String topic) {
        return topic.equals(RebuildSelection.ERASURES)
                ? 0
                : topic.equals(Topics.NOTIFICATION_READ_EVENTS.name()) ? 1 : 2;
    }

    private void readAll(Map<TopicPartition, OffsetRange> ranges) throws InterruptedException {
        consumer.assign(ranges.keySet());
        ranges.forEach((partition, range) -> consumer.seek(partition, range.from()));
        Map<TopicPartition, Long> ends = ranges.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, range -> range.getValue().to()));
        var writing = new HashMap<TopicPartition, Future<?>>();
        PartitionReader.read(consumer, ends, records -> {
            await(writing);
            records.stream()
                    .collect(Collectors.groupingBy(record -> new TopicPartition(record.topic(), record.partition())))
                    .forEach((partition, some) -> writing.put(
                            partition, threads.submit(() -> write(partition, some, handled(ranges, partition)))));
        });
        await(writing);
    }

    private static long handled(Map<TopicPartition, OffsetRange> ranges, TopicPartition partition) {
        OffsetRange range = ranges.get(partition);
        return range == null ? 0 : range.handled();
    }

    private @Nullable Void write(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records, long handled)
            throws InterruptedException {
        connections.acquire();
        try {
            writer.write(partition, records, handled);
            progress.done(records.size());
            return null;
        } finally {
            connections.release();
        }
    }

    private static void await(Map<TopicPartition, Future<?>> writing) throws InterruptedException {
        for (Future<?> one : writing.values()) {
            try {
                one.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof AnotherRebuildException another) {
                    throw another;
                }
                throw new IllegalStateException("could not write records", e.getCause());
            }
        }
        writing.clear();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
