package com.threadly.deadletter.command;

import com.threadly.runtime.kafka.UnreadableRecords;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Finds how far a partition cannot be read. */
final class UnreadableRange {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final int MOST_EMPTY_POLLS = 20;

    private final Consumer<byte[], byte[]> consumer;
    private final TopicPartition partition;

    UnreadableRange(Consumer<byte[], byte[]> consumer, TopicPartition partition) {
        this.consumer = consumer;
        this.partition = partition;
    }

    /** The first offset from {@code offset} on that can be read, or the end; a batch is unreadable as a whole. */
    long endOf(long offset) {
        consumer.assign(List.of(partition));
        long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        long next = offset;
        // Each offset by itself: further on there may be a batch that can be read.
        while (next < end && !isReadable(next)) {
            next++;
        }
        return next;
    }

    private boolean isReadable(long offset) {
        consumer.seek(partition, offset);
        try {
            for (int polls = 0; polls < MOST_EMPTY_POLLS; polls++) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                // Where there are no records, but the ends of transactions, the consumer passes, too.
                if (!records.isEmpty() || !records.nextOffsets().isEmpty()) {
                    return true;
                }
            }
        } catch (KafkaException | OutOfMemoryError e) {
            if (!UnreadableRecords.mayBeCauseOf(e)) {
                throw e;
            }
            return false;
        }
        throw new TimeoutException(String.format(
                Locale.ROOT,
                "nothing came from %s at %d within %d s",
                partition,
                offset,
                POLL.multipliedBy(MOST_EMPTY_POLLS).toSeconds()));
    }
}
