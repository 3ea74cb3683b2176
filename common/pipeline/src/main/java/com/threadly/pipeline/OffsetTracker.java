package com.threadly.pipeline;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

/**
 * How far a partition is done without gaps, while its records complete in any order. Offsets themselves may have gaps
 * (compaction, transactions), and restart at a lower one when the log is truncated. Not thread-safe: its partition guards
 * it.
 */
final class OffsetTracker {

    /** One offset in progress. */
    static final class Entry {
        private final long number;
        private final long timestamp;
        /** The consumer's position behind it. */
        private OffsetAndMetadata next;

        private boolean done;

        private Entry(long number, long timestamp, OffsetAndMetadata next) {
            this.number = number;
            this.timestamp = timestamp;
            this.next = next;
        }

        /** Whether it came later than {@code other}. */
        boolean isAfter(Entry other) {
            return number > other.number;
        }
    }

    private final Deque<Entry> open = new ArrayDeque<>();
    private @Nullable OffsetAndMetadata next;
    private long begun;

    /** Adds {@code record}; records come in the order of the log. */
    Entry begin(ConsumerRecord<?, ?> record) {
        // The epoch shows whoever starts here whether the log is still the one that was read.
        Entry mark = new Entry(
                ++begun, record.timestamp(), new OffsetAndMetadata(record.offset() + 1, record.leaderEpoch(), ""));
        open.add(mark);
        return mark;
    }

    /** The consumer is at {@code position}: between the last record and it, there are no records. */
    void reach(OffsetAndMetadata position) {
        if (open.isEmpty()) {
            next = withEpoch(position, next);
        } else {
            open.getLast().next = withEpoch(position, open.getLast().next);
        }
    }

    /** A position that was reached without a record has no epoch: that of the record before it still holds. */
    private static OffsetAndMetadata withEpoch(OffsetAndMetadata position, @Nullable OffsetAndMetadata before) {
        return position.leaderEpoch().isPresent() || before == null
                ? position
                : new OffsetAndMetadata(position.offset(), before.leaderEpoch(), "");
    }

    void finish(Entry mark) {
        mark.done = true;
        while (!open.isEmpty() && open.getFirst().done) {
            next = open.removeFirst().next;
        }
    }

    /** Whether {@code mark} and all before it are done. */
    boolean isDoneThrough(Entry mark) {
        return open.isEmpty() || open.getFirst().isAfter(mark);
    }

    /** The offset to commit: the first that is not done. Empty while nothing has been done. */
    Optional<OffsetAndMetadata> next() {
        return Optional.ofNullable(next);
    }

    /** The timestamp of the first record that is not done. */
    OptionalLong waitingSince() {
        return open.isEmpty() ? OptionalLong.empty() : OptionalLong.of(open.getFirst().timestamp);
    }
}
