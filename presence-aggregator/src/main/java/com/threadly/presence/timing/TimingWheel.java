package com.threadly.presence.timing;

import static java.util.Comparator.comparingLong;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * Runs what is due in the order of its times, to the millisecond. What is due later waits by the second, so that
 * scheduling costs the same with ten and with a million waiting. One thread uses it.
 */
public final class TimingWheel {

    /** The time of what is never due. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final int SLOT_MILLIS = 1_000;

    private record Entry(long at, Timed what) {}

    private final NavigableMap<Long, List<Timed>> slots = new TreeMap<>();

    /** Those of the slots that have been reached. */
    private final PriorityQueue<Entry> soon = new PriorityQueue<>(
            comparingLong(Entry::at).thenComparingInt(entry -> entry.what().rank()));

    private long reached = Long.MIN_VALUE;

    /** Makes {@code what} due at {@code at}, unless it is due before. */
    public void schedule(Timed what, long at) {
        if (at >= what.dueAt) {
            return;
        }
        what.dueAt = at;
        long slot = Math.floorDiv(at, SLOT_MILLIS);
        if (slot <= reached) {
            soon.add(new Entry(at, what));
        } else {
            slots.computeIfAbsent(slot, _ -> new ArrayList<>(4)).add(what);
        }
    }

    /** Runs what is due up to {@code upTo}, while {@code goOn}; false when some is left. */
    public boolean run(long upTo, BooleanSupplier goOn) {
        while (true) {
            Entry next = soon.peek();
            if (next == null) {
                if (slots.isEmpty() || slots.firstKey() > Math.floorDiv(upTo, SLOT_MILLIS)) {
                    return true;
                }
                reach();
            } else if (next.at() > upTo) {
                return true;
            } else if (!goOn.getAsBoolean()) {
                return false;
            } else {
                soon.remove();
                // Entries are never removed: one whose time has changed since is outdated.
                if (next.what().dueAt == next.at()) {
                    next.what().dueAt = NEVER;
                    next.what().due(next.at());
                }
            }
        }
    }

    private void reach() {
        var slot = slots.pollFirstEntry();
        reached = slot.getKey();
        for (Timed what : slot.getValue()) {
            if (Math.floorDiv(what.dueAt, SLOT_MILLIS) == reached) {
                soon.add(new Entry(what.dueAt, what));
            }
        }
    }
}
