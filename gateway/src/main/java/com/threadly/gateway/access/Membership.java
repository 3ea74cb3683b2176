package com.threadly.gateway.access;

import java.time.Instant;
import java.util.Comparator;
import java.util.Set;

/**
 * The people of one conversation or order, as one event tells.
 *
 * @param id the conversation's or the order's
 * @param asOf when the event occurred
 */
record Membership(String id, Set<String> userIds, Instant asOf) {

    static final Comparator<Membership> BY_ID = Comparator.comparing(Membership::id);

    Membership {
        userIds = Set.copyOf(userIds);
    }

    /** The one that still holds when both are known, this one having come first. */
    Membership or(Membership later) {
        return later.asOf.isBefore(asOf) ? this : later;
    }
}
