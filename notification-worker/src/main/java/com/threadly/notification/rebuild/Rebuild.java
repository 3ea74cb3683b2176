package com.threadly.notification.rebuild;

import com.threadly.notification.inbox.RebuildLog;
import com.threadly.notification.inbox.RebuildStore;
import com.threadly.runtime.retry.UnavailableException;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads what is selected up to where the topics end, or to where the worker has come, and goes on where it was killed.
 */
final class Rebuild {

    /** What a swap may keep writers waiting for. */
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

    /** What the worker has handled; the rest is its own. */
    void readHandled() throws UnavailableException, InterruptedException {
        var handled = new HashMap<TopicPartition, OffsetRange>();
        left().forEach((partition, range) -> handled.put(partition, range.upToHandled()));
        reading.read(handled);
        store.settleEarlyReads();
    }

    /** Everything, until so little is left that {@link #readRest} is short. */
    void catchUp() throws UnavailableException, InterruptedException {
        Map<TopicPartition, OffsetRange> left = left();
        do {
            reading.read(left);
            left = left();
        } while (left.values().stream().mapToLong(OffsetRange::records).sum() > SHORT_STRETCH);
        store.settleEarlyReads();
    }

    /** Everything there is. */
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
