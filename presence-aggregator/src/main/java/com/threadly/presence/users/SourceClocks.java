package com.threadly.presence.users;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntSupplier;

/**
 * Up to when all partitions of presence-events have been read. A user's signals come from several, and who was seen in
 * one that lags is not absent.
 */
final class SourceClocks {

    private final IntSupplier sources;
    private final Map<Integer, Long> clocks = new HashMap<>();

    /** @param sources number of partitions; 0 while it is not known */
    SourceClocks(IntSupplier sources) {
        this.sources = sources;
    }

    void set(int source, long at) {
        clocks.merge(source, at, Math::max);
    }

    /** The earliest, or no time while one has said nothing. */
    long earliest() {
        int all = sources.getAsInt();
        if (all == 0 || clocks.size() < all) {
            return Session.NO_TIME;
        }
        long earliest = Long.MAX_VALUE;
        for (long clock : clocks.values()) {
            earliest = Math.min(earliest, clock);
        }
        return earliest;
    }
}
