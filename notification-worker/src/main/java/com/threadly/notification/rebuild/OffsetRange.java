package com.threadly.notification.rebuild;

/**
 * The range of a partition to read.
 *
 * @param from the first offset
 * @param handled the worker has handled earlier offsets
 * @param to the end, exclusive
 */
record OffsetRange(long from, long handled, long to) {

    OffsetRange {
        to = Math.max(from, to);
    }

    /** Without the part left to the worker. */
    OffsetRange upToHandled() {
        return new OffsetRange(from, handled, Math.min(to, handled));
    }

    /** Without the part already read. */
    OffsetRange goingOnAt(long next) {
        return new OffsetRange(Math.max(from, next), handled, to);
    }

    long records() {
        return to - from;
    }
}
