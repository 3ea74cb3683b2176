package com.threadly.pipeline;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commits offsets, at intervals. Used by the consumer's thread only. */
final class OffsetCommitter {

    private static final Logger log = LoggerFactory.getLogger(OffsetCommitter.class);

    private final Consumer<byte[], byte[]> consumer;
    private final long intervalNanos;
    private final Map<TopicPartition, Long> committed = new HashMap<>();
    private long lastCommit = System.nanoTime();
    private boolean underWay;

    OffsetCommitter(Consumer<byte[], byte[]> consumer, Duration interval) {
        this.consumer = consumer;
        this.intervalNanos = interval.toNanos();
    }

    /** Commits without waiting, once per interval; the next commit retries a failed one. */
    void commitWhenDue(Collection<AssignedPartition> partitions) {
        if (underWay || System.nanoTime() - lastCommit < intervalNanos) {
            return;
        }
        lastCommit = System.nanoTime();
        Map<TopicPartition, OffsetAndMetadata> due = due(partitions);
        if (!due.isEmpty()) {
            underWay = true;
            consumer.commitAsync(due, (offsets, failure) -> {
                underWay = false;
                if (failure == null) {
                    note(offsets);
                } else {
                    log.atDebug()
                            .addKeyValue("cause", failure.toString())
                            .log("a commit failed; the next commit retries it");
                }
            });
        }
    }

    /** Commits and waits: the partitions are about to be revoked. */
    void commitNow(Collection<AssignedPartition> partitions, Duration limit) {
        Map<TopicPartition, OffsetAndMetadata> due = due(partitions);
        if (due.isEmpty()) {
            return;
        }
        try {
            commitThoughWokenUp(due, limit);
            note(due);
        } catch (KafkaException e) {
            log.atWarn()
                    .addKeyValue("partitions", due.keySet())
                    .addKeyValue("cause", e.toString())
                    .log("the last commit failed; the next owner repeats the records since the one before");
        }
    }

    /** Starts {@code partitions} at their start offset where it is not the committed one; returns whether that is durable. */
    boolean beginAt(Collection<AssignedPartition> partitions, Duration limit) {
        var begin = new HashMap<TopicPartition, OffsetAndMetadata>();
        for (AssignedPartition assigned : partitions) {
            assigned.duplicates()
                    .start()
                    .beginAt()
                    .ifPresent(offset -> begin.put(assigned.partition(), toCommit(assigned, offset)));
        }
        if (begin.isEmpty()) {
            return true;
        }
        try {
            begin.forEach((partition, offset) -> consumer.seek(partition, offset.offset()));
            commitThoughWokenUp(begin, limit);
            note(begin);
            return true;
        } catch (KafkaException e) {
            log.atWarn()
                    .addKeyValue("partitions", begin)
                    .addKeyValue("cause", e.toString())
                    .log("could not commit the start offsets of partitions; retrying");
            return false;
        }
    }

    private static OffsetAndMetadata toCommit(AssignedPartition assigned, long offset) {
        return new OffsetAndMetadata(
                offset, assigned.duplicates().start().note().text());
    }

    /** A stop wakes the consumer up once, perhaps here. */
    private void commitThoughWokenUp(Map<TopicPartition, OffsetAndMetadata> due, Duration limit) {
        try {
            consumer.commitSync(due, limit);
        } catch (WakeupException e) {
            consumer.commitSync(due, limit);
        }
    }

    void forget(TopicPartition partition) {
        committed.remove(partition);
    }

    private Map<TopicPartition, OffsetAndMetadata> due(Collection<AssignedPartition> partitions) {
        var due = new HashMap<TopicPartition, OffsetAndMetadata>();
        for (AssignedPartition assigned : partitions) {
            assigned.committable().ifPresent(next -> {
                Long before = committed.get(assigned.partition());
                // Also earlier offsets: a truncated or recreated log restarts at lower ones.
                if (before == null || before != next) {
                    due.put(assigned.partition(), toCommit(assigned, next));
                }
            });
        }
        return due;
    }

    private void note(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, offset) -> committed.put(partition, offset.offset()));
    }
}
