package com.threadly.pipeline;

import java.util.Collection;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * Which partitions to pause. Half of what is allowed is divided evenly: each partition's own share, which no other uses,
 * so that stuck partitions, however many, leave room for the rest. The other half is for whichever needs it: a partition
 * may use as much of it as it leaves free, so that the first slow one does not use all. Polls may return more than a
 * share has room for: when all is used up, all partitions are paused.
 */
final class Backpressure {

    private final int maxRecords;
    private final long maxBytes;

    Backpressure(int maxRecords, long maxBytes) {
        this.maxRecords = maxRecords;
        this.maxBytes = maxBytes;
    }

    Set<TopicPartition> paused(Collection<AssignedPartition> partitions) {
        var records = new Shares(maxRecords, partitions, AssignedPartition::held);
        var bytes = new Shares(maxBytes, partitions, AssignedPartition::heldBytes);
        boolean full = records.areExhausted() || bytes.areExhausted();
        return partitions.stream()
                .filter(assigned ->
                        full || records.isExceeded(assigned.held()) || bytes.isExceeded(assigned.heldBytes()))
                .map(AssignedPartition::partition)
                .collect(Collectors.toSet());
    }

    /** How much of something each partition may hold while the others hold what they do. */
    private static final class Shares {

        private final long own;
        /** What is left of all, when each has taken what a poll returned although it was more than its share. */
        private final long left;
        /** What is left of the half that belongs to none. */
        private final long free;

        Shares(long max, Collection<AssignedPartition> partitions, ToLongFunction<AssignedPartition> held) {
            int count = Math.max(1, partitions.size());
            own = max / (2L * count);
            left = max - partitions.stream().mapToLong(held).sum();
            free = max
                    - own * count
                    - partitions.stream().mapToLong(held).map(this::beyondOwn).sum();
        }

        boolean areExhausted() {
            return left <= 0;
        }

        boolean isExceeded(long held) {
            return beyondOwn(held) > Math.max(0, free);
        }

        private long beyondOwn(long held) {
            return Math.max(0, held - own);
        }
    }
}
