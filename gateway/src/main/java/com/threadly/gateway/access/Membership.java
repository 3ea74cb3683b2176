package com.threadly.gateway.access;

import java.time.Instant;
import java.util.Comparator;
import java.util.Set;

/**
 * The members of one conversation or order, from one event.
 *
 * @param id the conversation's or the order's
 * @param asOf when the event occurred
 */
record Membership(String id, Set<String> userIds, Instant asOf) {

    static final Comparator<Membership> BY_ID = Comparator.comparing(Membership::id);

    Membership {
        userIds = Set.copyOf(userIds);
    }

    /** Which of the two applies, when this one came first. */
    Membership or(Membership later) {
        return later.asOf.isBefore(asOf) ? this : later;
    }
}
