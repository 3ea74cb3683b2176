package com.threadly.gateway.inbox;

import java.util.Comparator;

/**
 * How far a user has marked one state of a notification. Of two, the later counts, in whatever order they come.
 *
 * @param round how often the state has been taken back
 * @param revision up to which the notification is in the state; 0 for none
 */
public record MarkPosition(int round, int revision) implements Comparable<MarkPosition> {

    static final MarkPosition NONE = new MarkPosition(0, 0);

    private static final Comparator<MarkPosition> ORDER =
            Comparator.comparingInt(MarkPosition::round).thenComparingInt(MarkPosition::revision);

    @Override
    public int compareTo(MarkPosition other) {
        return ORDER.compare(this, other);
    }

    MarkPosition or(MarkPosition other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** In the same order; the statements of the inbox compute it of rows, too. */
    long number() {
        return (long) round << Integer.SIZE | revision;
    }
}
