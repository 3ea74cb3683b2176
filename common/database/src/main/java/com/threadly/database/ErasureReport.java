package com.threadly.database;

import com.threadly.runtime.retry.UnavailableException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the erasure of a user has removed from the tables of one deployable.
 *
 * @param removed so far
 * @param remaining rows of the user that there still are
 */
public record ErasureReport(Instant erasedAt, List<Removed> removed, long remaining) {

    /**
     * Rows of one kind.
     *
     * @param what in words, such as "notifications"
     */
    public record Removed(String what, long rows) {}

    /** Answers from the tables. */
    @FunctionalInterface
    public interface Query {
        /** The report of {@code userId}; empty when no erasure of that user has been read. */
        Optional<ErasureReport> of(Database database, String userId) throws UnavailableException;
    }

    public ErasureReport {
        removed = List.copyOf(removed);
    }
}
