package com.threadly.gateway.access;

import com.threadly.events.OrderStatus;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/**
 * An order as one record tells of it.
 *
 * @param status empty if this gateway does not know it
 */
record OrderState(Membership parties, Optional<OrderStatus> status, Optional<OrderStatus> previousStatus) {

    static final Comparator<OrderState> BY_ID = Comparator.comparing(OrderState::parties, Membership.BY_ID);

    OrderState {
        status = status.filter(known -> known != OrderStatus.UNKNOWN);
        previousStatus = previousStatus.filter(known -> known != OrderStatus.UNKNOWN);
    }

    /** The same without {@code users}. */
    OrderState without(Set<String> users) {
        return new OrderState(parties.without(users), status, previousStatus);
    }
}
