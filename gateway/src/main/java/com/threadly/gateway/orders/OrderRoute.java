package com.threadly.gateway.orders;

import com.threadly.events.ChannelNames;
import com.threadly.events.InvalidFieldException;
import com.threadly.gateway.access.Access;
import com.threadly.gateway.http.Answers;
import com.threadly.gateway.http.ProblemException;
import com.threadly.gateway.identity.Authenticator;
import com.threadly.gateway.identity.User;
import com.threadly.payload.Payloads;
import com.threadly.runtime.http.Problem;
import com.threadly.runtime.retry.UnavailableException;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Optional;
import java.util.Set;

/** {@code GET /v1/orders/{id}}: where an order stands, for its buyer and its seller. */
public final class OrderRoute implements Handler {

    /** Reads where orders stand. */
    @FunctionalInterface
    public interface Reader {

        /** Empty while no event has said it, and in a status that this gateway does not know. */
        Optional<OrderView> find(String orderId) throws UnavailableException;
    }

    private final Authenticator authenticator;
    private final Access access;
    private final Reader orders;

    public OrderRoute(Authenticator authenticator, Access access, Reader orders) {
        this.authenticator = authenticator;
        this.access = access;
        this.orders = orders;
    }

    @Override
    public void handle(Context exchange) throws UnavailableException {
        User user = authenticator.user(exchange);
        String orderId = exchange.pathParam("id");
        try (var _ = authenticator.turn(user, 1)) {
            Answers.json(exchange, Payloads.json(order(user, orderId)));
        }
    }

    private OrderView order(User user, String orderId) throws UnavailableException {
        if (!canBe(orderId) || access.ordersOf(user, Set.of(orderId)).isEmpty()) {
            throw new ProblemException(Problem.forbidden("this order is not yours, or has no event yet"));
        }
        return orders.find(orderId)
                .orElseThrow(() -> new ProblemException(Problem.notFound("the status of this order is not known yet")));
    }

    /** Of any other id there is no order, and the database takes not every one. */
    private static boolean canBe(String orderId) {
        try {
            var _ = ChannelNames.order(orderId);
            return true;
        } catch (InvalidFieldException e) {
            return false;
        }
    }
}
