package com.threadly.notification.rebuild;

/**
 * What of a partition is to be read.
 *
 * @param from the first offset
 * @param handled the worker has handled what lies before this offset
 * @param to the first offset that is not to be read
 */
record Stretch(long from, long handled, long to) {

    Stretch {
        to = Math.max(from, to);
    }

    /** Without what is left to the worker. */
    Stretch upToHandled() {
        return new Stretch(from, handled, Math.min(to, handled));
    }

    /** Without what has been read before. */
    Stretch goingOnAt(long next) {
        return new Stretch(Math.max(from, next), handled, to);
    }

    long records() {
        return to - from;
    }
}
