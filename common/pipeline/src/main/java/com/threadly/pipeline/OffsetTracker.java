package com.threadly.pipeline;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/**
 * How far a partition is done without gaps, while its records complete in any order. Offsets themselves may have gaps
 * (compaction, transactions). Not thread-safe: its partition guards it.
 */
final class OffsetTracker {

    /** One offset in progress. */
    static final class Entry {
        private final long offset;
        private final long timestamp;
        private boolean done;

        private Entry(long offset, long timestamp) {
            this.offset = offset;
            this.timestamp = timestamp;
        }
    }

    private final Deque<Entry> open = new ArrayDeque<>();
    private long next = -1;

    /** Adds {@code offset}, of a record of {@code timestamp}; offsets come in ascending order. */
    Entry begin(long offset, long timestamp) {
        Entry mark = new Entry(offset, timestamp);
        open.add(mark);
        return mark;
    }

    void finish(Entry mark) {
        mark.done = true;
        while (!open.isEmpty() && open.getFirst().done) {
            next = open.removeFirst().offset + 1;
        }
    }

    /** The offset to commit: the first that is not done. Empty while nothing has been done. */
    OptionalLong next() {
        return next < 0 ? OptionalLong.empty() : OptionalLong.of(next);
    }

    /** The timestamp of the first record that is not done. */
    OptionalLong waitingSince() {
        return open.isEmpty() ? OptionalLong.empty() : OptionalLong.of(open.getFirst().timestamp);
    }
}
