package com.threadly.notification.inbox;

import com.threadly.database.TimedOutException;
import com.threadly.runtime.retry.UnavailableException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Splits reads and writes: a statement has a bounded number of rows, and one that exceeds the statement timeout is
 * halved before it counts as a failure of the database.
 */
final class Portions {

    /** Enough that one statement more or less does not matter; few enough that eight at once fit a small heap. */
    static final int ROWS = 2_000;

    /** Runs one portion; after a timeout, it runs again in halves. */
    @FunctionalInterface
    interface Work<R> {
        void on(List<R> portion) throws UnavailableException;
    }

    private Portions() {}

    /** Runs {@code work} on all {@code rows}, portion by portion. */
    static <R> void each(List<R> rows, Work<R> work) throws UnavailableException {
        for (List<R> portion : of(rows, ROWS)) {
            inHalves(portion, work);
        }
    }

    /** The rows in order, in lists of at most {@code size}. */
    static <R> List<List<R>> of(List<R> rows, int size) {
        return IntStream.iterate(0, from -> from < rows.size(), from -> from + size)
                .mapToObj(from -> rows.subList(from, Math.min(from + size, rows.size())))
                .toList();
    }

    private static <R> void inHalves(List<R> portion, Work<R> work) throws UnavailableException {
        try {
            work.on(portion);
        } catch (TimedOutException e) {
            if (portion.size() == 1) {
                throw e;
            }
            int half = portion.size() / 2;
            inHalves(portion.subList(0, half), work);
            inHalves(portion.subList(half, portion.size()), work);
        }
    }
}
