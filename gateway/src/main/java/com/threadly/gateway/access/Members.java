package com.threadly.gateway.access;

import java.util.Optional;
import java.util.Set;

/**
 * The members of a conversation or an order.
 *
 * @param movedTo the key of the members whose channel the conversation goes on in, once somebody has left it
 */
record Members(Set<String> userIds, Optional<String> movedTo) {

    static final Members NOBODY = new Members(Set.of(), Optional.empty());

    Members {
        userIds = Set.copyOf(userIds);
    }
}
