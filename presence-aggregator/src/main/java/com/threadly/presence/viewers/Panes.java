package com.threadly.presence.viewers;

import java.util.Arrays;

/**
 * How many members were last seen in each pane of one advance. Immutable.
 *
 * <p>A user seen in the current window was last seen in one of its panes, as nothing is later. So the distinct users
 * are exactly the sum of its panes, and a signal is written into one pane, regardless of how many windows contain it.
 */
final class Panes {

    static final Panes NONE = new Panes(new long[0]);

    /** Start and number of members of each pane, ascending; numbers are positive. */
    private final long[] panes;

    private Panes(long[] panes) {
        this.panes = panes;
    }

    boolean isEmpty() {
        return panes.length == 0;
    }

    /** The start of the oldest pane, which must exist. */
    long first() {
        return panes[0];
    }

    /** The members of the panes that start at {@code from} or later, and before {@code to}. */
    long totalBetween(long from, long to) {
        long total = 0;
        for (int pane = 0; pane < panes.length; pane += 2) {
            total += panes[pane] >= from && panes[pane] < to ? panes[pane + 1] : 0;
        }
        return total;
    }

    Panes oneMoreIn(long start) {
        return changed(start, 1);
    }

    /** A pane that is over and already removed has no member to lose. */
    Panes oneFewerIn(long start) {
        return changed(start, -1);
    }

    private Panes changed(long start, int by) {
        long[] changed = new long[panes.length + 2];
        int before = 0;
        while (before < panes.length && panes[before] < start) {
            before += 2;
        }
        System.arraycopy(panes, 0, changed, 0, before);
        int after = before;
        int size = before;
        long members = by;
        if (after < panes.length && panes[after] == start) {
            members += panes[after + 1];
            after += 2;
        }
        if (members > 0) {
            changed[size++] = start;
            changed[size++] = members;
        }
        System.arraycopy(panes, after, changed, size, panes.length - after);
        return new Panes(Arrays.copyOf(changed, size + panes.length - after));
    }

    /** Without panes that start before {@code start}. */
    Panes since(long start) {
        int over = 0;
        while (over < panes.length && panes[over] < start) {
            over += 2;
        }
        return over == 0 ? this : new Panes(Arrays.copyOfRange(panes, over, panes.length));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Panes that && Arrays.equals(panes, that.panes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(panes);
    }
}
