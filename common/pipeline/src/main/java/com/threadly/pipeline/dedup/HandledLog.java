package com.threadly.pipeline.dedup;

/**
 * How far a group has come in a partition, and what there is of its log.
 *
 * @param committed the group's committed offset
 * @param start the first offset that the log still has
 * @param stableEnd where an open transaction begins, else the log's end: nothing is read past it
 * @param end the log's end (high offset tracker)
 */
record HandledLog(long committed, long start, long stableEnd, long end) {

    /** As after a truncation, on a restored or mirrored cluster, or with offsets set by hand. */
    boolean committedBeyondEnd() {
        return committed > end;
    }

    /** Records before this offset count as handled. */
    long handled() {
        return Math.min(committed, end);
    }

    /** Where reading them ends: past an open transaction, offsets may have been set by hand. */
    long readable() {
        return Math.min(handled(), stableEnd);
    }

    /** Whether retention has deleted records before they were handled. */
    boolean deletedUnhandled() {
        return committed < start;
    }
}
