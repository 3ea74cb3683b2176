package com.threadly.pipeline.dedup;

import java.time.Clock;
import java.util.UUID;

/**
 * The ids of a partition's latest events: those within a window before its log's time, up to a maximum number.
 *
 * <p>A ring of ids in order of arrival and an index into it (open addressing, linear probing), in plain arrays that
 * grow by doubling: 24 bytes in the ring and 8 in the index per slot, at least half of them in use once it has grown.
 * Not thread-safe.
 */
public final class EventIdSet {

    private static final int FIRST_CAPACITY = 64;

    private final long windowMillis;
    private final int maxIds;

    private long[] high = new long[FIRST_CAPACITY];
    private long[] low = new long[FIRST_CAPACITY];
    private long[] times = new long[FIRST_CAPACITY];
    /** A ring position plus one; 0 is free. Twice as large as the ring, so never more than half full. */
    private int[] index = new int[2 * FIRST_CAPACITY];

    private int oldest;
    private int size;
    private final LogTime logTime;

    public EventIdSet(DedupSettings settings, Clock clock) {
        this.windowMillis = settings.window().toMillis();
        this.maxIds = settings.maxIds();
        this.logTime = new LogTime(clock);
    }

    /**
     * Adds {@code id}.
     *
     * @param timestamp of its record, in milliseconds
     * @return false when it was already known
     */
    public boolean add(UUID id, long timestamp) {
        long time = logTime.next(timestamp);
        while (size > 0 && times[oldest] < logTime.now() - windowMillis) {
            forgetOldest();
        }
        long high = id.getMostSignificantBits();
        long low = id.getLeastSignificantBits();
        if (index[find(high, low)] != 0) {
            return false;
        }
        if (size == maxIds) {
            forgetOldest();
        } else if (size == times.length) {
            grow();
        }
        int place = (oldest + size) & (times.length - 1);
        this.high[place] = high;
        this.low[place] = low;
        times[place] = time;
        index[find(high, low)] = place + 1;
        size++;
        return true;
    }

    int size() {
        return size;
    }

    /** The index slot of the id, whether it is there or not. */
    private int find(long high, long low) {
        int mask = index.length - 1;
        int at = home(high, low);
        while (index[at] != 0) {
            int place = index[at] - 1;
            if (this.high[place] == high && this.low[place] == low) {
                return at;
            }
            at = (at + 1) & mask;
        }
        return at;
    }

    private int home(long high, long low) {
        long mixed = (high ^ Long.rotateLeft(low, 32)) * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32) & (index.length - 1);
    }

    private void forgetOldest() {
        removeFromIndex(find(high[oldest], low[oldest]));
        oldest = (oldest + 1) & (times.length - 1);
        size--;
    }

    /** Moves the following entries back into the gap, so that no search ends too early. */
    private void removeFromIndex(int removed) {
        int mask = index.length - 1;
        int hole = removed;
        for (int at = (hole + 1) & mask; index[at] != 0; at = (at + 1) & mask) {
            int place = index[at] - 1;
            int distance = (at - home(high[place], low[place])) & mask;
            if (distance >= ((at - hole) & mask)) {
                index[hole] = index[at];
                hole = at;
            }
        }
        index[hole] = 0;
    }

    private void grow() {
        int capacity = 2 * times.length;
        high = unrolled(high, capacity);
        low = unrolled(low, capacity);
        times = unrolled(times, capacity);
        oldest = 0;
        index = new int[2 * capacity];
        for (int place = 0; place < size; place++) {
            index[find(high[place], low[place])] = place + 1;
        }
    }

    private long[] unrolled(long[] ring, int capacity) {
        var longer = new long[capacity];
        int untilEnd = ring.length - oldest;
        System.arraycopy(ring, oldest, longer, 0, untilEnd);
        System.arraycopy(ring, 0, longer, untilEnd, oldest);
        return longer;
    }
}
