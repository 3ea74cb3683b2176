package com.threadly.pipeline;

import com.threadly.runtime.kafka.UnreadableRecords;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Polls, and finds the partition of which the next records cannot be read: Kafka does not say which one it is, and gives
 * nothing of the others either. Used by the consumer's thread only.
 */
final class CarefulPoll {

    /** Takes what a poll gives. */
    @FunctionalInterface
    interface Taker {
        void take(ConsumerRecords<byte[], byte[]> records);
    }

    /** Is told of a partition that can be read no further. */
    @FunctionalInterface
    interface Stopper {
        void stop(TopicPartition partition, long offset, String cause);
    }

    /** For the answer about one partition, which a broker gives at once if it has anything to give. */
    private static final Duration ALONE = Duration.ofMillis(200);

    /** What shows only in a poll of all is not for us to wait for. */
    private static final int MOST_UNEXPLAINED = 3;

    private final Consumer<byte[], byte[]> consumer;
    private final Predicate<TopicPartition> ours;
    private final Taker taker;
    private final Stopper stopper;
    private int unexplained;

    CarefulPoll(Consumer<byte[], byte[]> consumer, Predicate<TopicPartition> ours, Taker taker, Stopper stopper) {
        this.consumer = consumer;
        this.ours = ours;
        this.taker = taker;
        this.stopper = stopper;
    }

    /** Whether it gave any records. */
    boolean poll(Duration timeout) {
        ConsumerRecords<byte[], byte[]> records;
        try {
            records = consumer.poll(timeout);
        } catch (KafkaException | OutOfMemoryError e) {
            if (!UnreadableRecords.mayBeCauseOf(e)) {
                throw e;
            }
            boolean explained = pollOneByOne(e);
            if (!explained && (e instanceof OutOfMemoryError || ++unexplained > MOST_UNEXPLAINED)) {
                throw e;
            }
            return true;
        }
        unexplained = 0;
        // Outside: the position is past these records, so a failure to take them must not pass for one to read.
        taker.take(records);
        return !records.isEmpty();
    }

    /** Whether there is one that cannot be read. */
    private boolean pollOneByOne(Throwable failure) {
        Set<TopicPartition> polled = new LinkedHashSet<>(consumer.assignment());
        polled.removeAll(consumer.paused());
        boolean found = false;
        try {
            for (TopicPartition partition : Set.copyOf(polled)) {
                consumer.pause(stillOurs(polled));
                if (!ours.test(partition)) {
                    continue;
                }
                consumer.resume(Set.of(partition));
                String cause = pollAlone(failure);
                if (cause != null && ours.test(partition)) {
                    found = true;
                    polled.remove(partition);
                    consumer.pause(Set.of(partition));
                    stopper.stop(partition, consumer.position(partition), cause);
                }
            }
        } finally {
            consumer.resume(stillOurs(polled));
        }
        return found;
    }

    /** Why the only partition that is not paused cannot be read; null when it can. */
    private @Nullable String pollAlone(Throwable first) {
        ConsumerRecords<byte[], byte[]> records;
        try {
            records = consumer.poll(ALONE);
        } catch (KafkaException | OutOfMemoryError e) {
            if (!UnreadableRecords.mayBeCauseOf(e)) {
                throw e;
            }
            // Of what has failed once for want of memory, Kafka does not say so again.
            return UnreadableRecords.cause(e.getCause() == null ? first : e);
        }
        taker.take(records);
        return null;
    }

    /** A partition that is being revoked may not be paused any more. */
    private Set<TopicPartition> stillOurs(Set<TopicPartition> partitions) {
        return partitions.stream().filter(ours).collect(Collectors.toSet());
    }
}
