package com.threadly.presence.viewers;

import java.util.Arrays;

/**
 * How the members of a channel are shared out to groups: by linear hashing. Groups are numbered; one more takes members
 * from a single other, one fewer gives them back to it. So a channel grows and shrinks a group at a time, and what a
 * signal costs does not depend on how many members there are.
 */
final class LinearHashing {

    /** Of a group's members, on average. A product's page has fewer viewers: its channel is one record. */
    private static final int FULL = 32;

    private LinearHashing() {}

    /** Whether so many members ask for one group more. */
    static boolean isTight(long members, int groups) {
        return members > (long) FULL * groups;
    }

    /** Whether so many members leave one group to spare; far from tight, so that it does not go to and fro. */
    static boolean isWide(long members, int groups) {
        return groups > 1 && members < (long) FULL / 2 * (groups - 1);
    }

    /** The group of a user, out of so many. */
    static int groupOf(byte[] userId, int groups) {
        int hash = spread(Arrays.hashCode(userId));
        int half = Integer.highestOneBit(groups);
        int group = hash & (2 * half - 1);
        return group < groups ? group : group - half;
    }

    /** The group that group {@code last}, being the last one, takes its members from, and gives them back to. */
    static int partnerOf(int last) {
        return last - Integer.highestOneBit(last);
    }

    /** Where the members are of a group that may have been given back since: in one of so many. */
    static int heirOf(int group, int groups) {
        int heir = group;
        while (heir >= groups) {
            heir = partnerOf(heir);
        }
        return heir;
    }

    /** Names that differ in their last letter only have hashes that do, too: all bits are to take part. */
    private static int spread(int hash) {
        int mixed = (hash ^ hash >>> 16) * 0x85ebca6b;
        mixed = (mixed ^ mixed >>> 13) * 0xc2b2ae35;
        return mixed ^ mixed >>> 16;
    }
}
