package com.threadly.pipeline;

import com.threadly.pipeline.dedup.Deduplicator;
import com.threadly.pipeline.dedup.PartitionDeduplicator;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions assigned to this consumer. Kafka calls the listener inside {@code poll}, so all of this runs on the
 * consumer's thread.
 */
final class AssignedPartitions implements ConsumerRebalanceListener {

    private static final Logger log = LoggerFactory.getLogger(AssignedPartitions.class);

    /** For a commit to a slow broker; a longer wait would delay the whole group. */
    private static final Duration COMMIT_LIMIT = Duration.ofSeconds(5);
    /** A stop that has exhausted its time still tries to commit. */
    private static final Duration LAST_COMMIT_LIMIT = Duration.ofSeconds(1);

    private static final Duration BETWEEN_FAILED_BEGINNINGS = Duration.ofSeconds(1);

    private final Consumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, AssignedPartition> byPartition = new LinkedHashMap<>();
    private final BiFunction<TopicPartition, PartitionDeduplicator, AssignedPartition> newPartition;
    private final Deduplicator deduplicator;
    private final OffsetCommitter offsets;
    private final GroupSession session;
    private final Duration drainLimit;
    private long nextBeginning = System.nanoTime();
    private final AtomicReference<@Nullable Long> stopDeadline = new AtomicReference<>();

    AssignedPartitions(
            Consumer<byte[], byte[]> consumer,
            BiFunction<TopicPartition, PartitionDeduplicator, AssignedPartition> newPartition,
            Deduplicator deduplicator,
            OffsetCommitter offsets,
            GroupSession session,
            Duration drainLimit) {
        this.consumer = consumer;
        this.deduplicator = deduplicator;
        this.newPartition = newPartition;
        this.offsets = offsets;
        this.session = session;
        this.drainLimit = drainLimit;
    }

    Collection<AssignedPartition> all() {
        return byPartition.values();
    }

    boolean isOurs(TopicPartition partition) {
        return byPartition.containsKey(partition);
    }

    void accept(ConsumerRecords<byte[], byte[]> records) {
        for (TopicPartition partition : records.partitions()) {
            Objects.requireNonNull(byPartition.get(partition), "records of a partition that is not assigned")
                    .accept(records.records(partition));
        }
        // Also of partitions that gave no record, but only what ends a transaction. One whose fetch found nothing comes
        // with where it began, and without an epoch: committed, that would hide a truncation from the next owner.
        records.nextOffsets().forEach((partition, position) -> {
            if (position.leaderEpoch().isPresent()
                    || !records.records(partition).isEmpty()) {
                reach(partition, position);
            }
        });
    }

    /** The consumer is at {@code position}: no record before it is still to come. */
    void reach(TopicPartition partition, OffsetAndMetadata position) {
        Optional.ofNullable(byPartition.get(partition)).ifPresent(assigned -> assigned.reach(position));
    }

    /** Starts the partitions whose deduplication is ready, at the offset that it returned, if any. */
    void beginKnown() {
        List<AssignedPartition> known = byPartition.values().stream()
                .filter(assigned -> !assigned.begun() && assigned.duplicates().isKnown())
                .toList();
        if (known.isEmpty() || System.nanoTime() - nextBeginning < 0) {
            return;
        }
        // Durable before anything is pushed: after a crash, the end would have moved, and new records be skipped. All
        // at
        // once, so that none starts later than another.
        if (offsets.beginAt(known, COMMIT_LIMIT)) {
            known.forEach(AssignedPartition::begin);
        } else {
            nextBeginning = System.nanoTime() + BETWEEN_FAILED_BEGINNINGS.toNanos();
        }
    }

    /** Partitions that are not polled yet. */
    Set<TopicPartition> notBegun() {
        return byPartition.values().stream()
                .filter(assigned -> !assigned.begun())
                .map(AssignedPartition::partition)
                .collect(Collectors.toSet());
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        session.renewByAssignment();
        Function<TopicPartition, PartitionDeduplicator> duplicates = deduplicator.of(partitions);
        for (TopicPartition partition : partitions) {
            AssignedPartition assigned = newPartition.apply(partition, duplicates.apply(partition));
            byPartition.put(partition, assigned);
            if (assigned.duplicates().isKnown()
                    && assigned.duplicates().start().beginAt().isEmpty()) {
                assigned.begin();
            }
        }
        consumer.pause(notBegun());
        if (!partitions.isEmpty()) {
            log.atInfo().addKeyValue("partitions", partitions).log("assigned");
        }
    }

    /** Still assigned until this returns: in-flight records complete and are committed, the rest is dropped. */
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            return;
        }
        log.atInfo().addKeyValue("partitions", partitions).log("revoked");
        List<AssignedPartition> leaving = partitions.stream()
                .map(byPartition::get)
                .filter(Objects::nonNull)
                .toList();
        finish(leaving);
        partitions.forEach(this::remove);
    }

    /** No longer assigned: a commit would fail, or overwrite the new owner's. */
    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        log.atWarn()
                .addKeyValue("partitions", partitions)
                .log("partitions lost; their new owners repeat the records in flight");
        partitions.forEach(this::remove);
    }

    /**
     * Starts the drain limit, which bounds all further waits for in-flight records together. Callable by any thread,
     * repeatedly.
     */
    void stopping() {
        stopDeadline.compareAndSet(null, System.nanoTime() + drainLimit.toNanos());
    }

    /** Lets all handled records complete, and commits. Leaves nothing to do when the consumer is closed. */
    void finishAll() {
        finish(List.copyOf(byPartition.values()));
        abandonAll();
    }

    void abandonAll() {
        List.copyOf(byPartition.keySet()).forEach(this::remove);
    }

    private void finish(List<AssignedPartition> leaving) {
        leaving.forEach(AssignedPartition::drain);
        long deadline = deadline();
        try {
            for (AssignedPartition assigned : leaving) {
                if (!assigned.awaitIdle(Duration.ofNanos(deadline - System.nanoTime()))) {
                    log.atWarn()
                            .addKeyValue("partition", assigned.partition())
                            .log("records in flight did not complete within DRAIN_LIMIT; the next owner repeats them");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        offsets.commitNow(leaving, commitLimit());
        leaving.forEach(AssignedPartition::abandon);
    }

    private long deadline() {
        long own = System.nanoTime() + drainLimit.toNanos();
        Long ofStop = stopDeadline.get();
        return ofStop == null || own - ofStop < 0 ? own : ofStop;
    }

    private Duration commitLimit() {
        Long ofStop = stopDeadline.get();
        if (ofStop == null) {
            return COMMIT_LIMIT;
        }
        Duration left = COMMIT_LIMIT.plusNanos(ofStop - System.nanoTime());
        if (left.compareTo(LAST_COMMIT_LIMIT) < 0) {
            return LAST_COMMIT_LIMIT;
        }
        return left.compareTo(COMMIT_LIMIT) < 0 ? left : COMMIT_LIMIT;
    }

    private void remove(TopicPartition partition) {
        AssignedPartition assigned = byPartition.remove(partition);
        if (assigned != null) {
            assigned.abandon();
        }
        offsets.forget(partition);
    }
}
