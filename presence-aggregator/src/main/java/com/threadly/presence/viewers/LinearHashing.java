package com.threadly.presence.viewers;

import java.util.Arrays;

/**
 * Distributes the members of a channel over groups by linear hashing. Groups are numbered; adding one takes members
 * from a single other, removing one returns them to it. So a channel grows and shrinks one group at a time, and a
 * signal's cost does not depend on the number of members.
 */
final class LinearHashing {

    /** Average members per group. A product's page has fewer viewers: its channel is one record. */
    private static final int FULL = 32;

    private LinearHashing() {}

    /** Whether this many members need one more group. */
    static boolean isTight(long members, int groups) {
        return members > (long) FULL * groups;
    }

    /** Whether this many members need one group fewer; far below the tight limit, to avoid oscillation. */
    static boolean isWide(long members, int groups) {
        return groups > 1 && members < (long) FULL / 2 * (groups - 1);
    }

    /** The group of a user, with this many groups. */
    static int groupOf(byte[] userId, int groups) {
        int hash = spread(Arrays.hashCode(userId));
        int half = Integer.highestOneBit(groups);
        int group = hash & (2 * half - 1);
        return group < groups ? group : group - half;
    }

    /** The group from which {@code last}, as the last one, takes its members, and to which it returns them. */
    static int partnerOf(int last) {
        return last - Integer.highestOneBit(last);
    }

    /** The group that now has the members of a possibly removed group, with this many groups. */
    static int heirOf(int group, int groups) {
        int heir = group;
        while (heir >= groups) {
            heir = partnerOf(heir);
        }
        return heir;
    }

    /** Names that differ only in the last letter have similar hashes: mix all bits. */
    private static int spread(int hash) {
        int mixed = (hash ^ hash >>> 16) * 0x85ebca6b;
        mixed = (mixed ^ mixed >>> 13) * 0xc2b2ae35;
        return mixed ^ mixed >>> 16;
    }
}
