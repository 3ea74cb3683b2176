package com.threadly.notification.rebuild;

import com.threadly.notification.inbox.RebuildLog;
import com.threadly.notification.inbox.RebuildStore;
import com.threadly.runtime.retry.UnavailableException;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads the selected records up to the topics' ends, or to the worker's committed offsets; continues a killed run.
 */
final class Rebuild {

    /** Records that a swap may read while writers wait. */
    private static final long SHORT_STRETCH = 2_000;

    private final String name;
    private final RebuildSelection selection;
    private final OffsetRanges ranges;
    private final RangeReader reading;
    private final RebuildLog log;
    private final RebuildStore store;

    Rebuild(
            String name,
            RebuildSelection selection,
            OffsetRanges ranges,
            RangeReader reading,
            RebuildLog log,
            RebuildStore store) {
        this.name = name;
        this.selection = selection;
        this.ranges = ranges;
        this.reading = reading;
        this.log = log;
        this.store = store;
    }

    /** Reads what the worker has handled; the rest is left to the worker. */
    void readHandled() throws UnavailableException, InterruptedException {
        var handled = new HashMap<TopicPartition, OffsetRange>();
        left().forEach((partition, range) -> handled.put(partition, range.upToHandled()));
        reading.read(handled);
        store.settleEarlyReads();
    }

    /** Reads everything, until so little is left that {@link #readRest} is short. */
    void catchUp() throws UnavailableException, InterruptedException {
        Map<TopicPartition, OffsetRange> left = left();
        do {
            reading.read(left);
            left = left();
        } while (left.values().stream().mapToLong(OffsetRange::records).sum() > SHORT_STRETCH);
        store.settleEarlyReads();
    }

    /** Reads everything that is left. */
    void readRest() throws UnavailableException, InterruptedException {
        reading.read(left());
        store.settleEarlyReads();
    }

    private Map<TopicPartition, OffsetRange> left() throws UnavailableException, InterruptedException {
        Map<TopicPartition, Long> next = log.nextOffsets(name);
        var left = new HashMap<TopicPartition, OffsetRange>();
        ranges.of(selection)
                .forEach((partition, range) -> left.put(partition, range.goingOnAt(next.getOrDefault(partition, 0L))));
        return left;
    }
}
