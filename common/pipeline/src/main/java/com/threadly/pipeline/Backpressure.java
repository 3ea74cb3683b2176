package com.threadly.pipeline;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * Which partitions to pause. Above the process's limits, all; below, one that holds more than half of what is allowed,
 * so that a slow partition does not crowd out the others.
 */
final class Backpressure {

    private final int maxRecords;
    private final long maxBytes;

    Backpressure(int maxRecords, long maxBytes) {
        this.maxRecords = maxRecords;
        this.maxBytes = maxBytes;
    }

    Set<TopicPartition> paused(Collection<AssignedPartition> partitions) {
        int records = 0;
        long bytes = 0;
        var slow = new HashSet<TopicPartition>();
        var all = new HashSet<TopicPartition>();
        for (AssignedPartition assigned : partitions) {
            int held = assigned.held();
            long heldBytes = assigned.heldBytes();
            records += held;
            bytes += heldBytes;
            all.add(assigned.partition());
            if (held > maxRecords / 2 || heldBytes > maxBytes / 2) {
                slow.add(assigned.partition());
            }
        }
        return records >= maxRecords || bytes >= maxBytes ? all : slow;
    }
}
