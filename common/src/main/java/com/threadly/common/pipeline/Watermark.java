package com.threadly.common.pipeline;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/**
 * How far a partition is done without a gap, while its records come to their end in any order. Offsets themselves may
 * have gaps (compaction, transactions). Not thread-safe: its lane guards it.
 */
final class Watermark {

    /** One offset on its way. */
    static final class Mark {
        private final long offset;
        private boolean done;

        private Mark(long offset) {
            this.offset = offset;
        }
    }

    private final Deque<Mark> open = new ArrayDeque<>();
    private long next = -1;

    /** Begins {@code offset}; offsets come in rising order. */
    Mark begin(long offset) {
        Mark mark = new Mark(offset);
        open.add(mark);
        return mark;
    }

    void finish(Mark mark) {
        mark.done = true;
        while (!open.isEmpty() && open.getFirst().done) {
            next = open.removeFirst().offset + 1;
        }
    }

    /** The offset to commit: the first that is not done. Empty while nothing has been done. */
    OptionalLong next() {
        return next < 0 ? OptionalLong.empty() : OptionalLong.of(next);
    }
}
