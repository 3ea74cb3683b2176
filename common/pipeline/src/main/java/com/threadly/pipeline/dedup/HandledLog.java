package com.threadly.pipeline.dedup;

/**
 * A group's progress in a partition, and the bounds of its log.
 *
 * @param committed the group's committed offset
 * @param diverged the first offset from which the log is another than the handled one: it was truncated and written
 *     again; {@link Long#MAX_VALUE} when that is not known
 * @param start the first offset in the log
 * @param stableEnd the last stable offset: nothing is read past it
 * @param end the log's end (high watermark)
 */
record HandledLog(long committed, long diverged, long start, long stableEnd, long end) {

    /** Whether it was truncated before the committed offset. */
    boolean truncated() {
        return diverged < committed;
    }

    /** Such as after a truncation, on a restored or mirrored cluster, or with offsets set by hand. */
    boolean committedBeyondEnd() {
        return committed > end;
    }

    /** Records before this offset count as handled. */
    long handled() {
        return Math.min(committed, Math.min(diverged, end));
    }

    /** Where reading them ends: offsets beyond an open transaction may have been set by hand. */
    long readable() {
        return Math.min(handled(), stableEnd);
    }

    /** Whether retention has deleted records before they were handled. */
    boolean deletedUnhandled() {
        return committed < start;
    }
}
