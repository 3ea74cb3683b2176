package com.threadly.notification.rebuild;

/**
 * What of a partition is to be read.
 *
 * @param from the first offset
 * @param handled the worker has handled what lies before this offset
 * @param to the first offset that is not to be read
 */
record OffsetRange(long from, long handled, long to) {

    OffsetRange {
        to = Math.max(from, to);
    }

    /** Without what is left to the worker. */
    OffsetRange upToHandled() {
        return new OffsetRange(from, handled, Math.min(to, handled));
    }

    /** Without what has been read before. */
    OffsetRange goingOnAt(long next) {
        return new OffsetRange(Math.max(from, next), handled, to);
    }

    long records() {
        return to - from;
    }
}
