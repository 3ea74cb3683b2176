package com.threadly.benchmarks.stage;

import com.threadly.events.OrderStatus;
import com.threadly.events.OrderStatusChanged;
import com.threadly.events.PaymentStatus;
import com.threadly.events.PaymentStatusChanged;
import com.threadly.events.Topic;
import com.threadly.events.Topics;
import java.time.Instant;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.apache.avro.specific.SpecificRecord;

/** Events that cause one notification each. */
public enum EventKind {
    /** A row, a push to its buyer, and one to the order's own channel. */
    ORDERS {
        @Override
        Topic<?> topic() {
            return Topics.ORDER_EVENTS;
        }

        @Override
        SpecificRecord event(int number, Instant at, RandomGenerator random) {
            return new OrderStatusChanged(
                    new UUID(number, number),
                    at,
                    id(number),
                    user(random),
                    user(random),
                    "p" + number,
                    "Linen dress, size 38",
                    OrderStatus.SHIPPED,
                    OrderStatus.CONFIRMED);
        }
    },
    /** A row, and a push to its seller. */
    PAYMENTS {
        @Override
        Topic<?> topic() {
            return Topics.PAYMENT_EVENTS;
        }

        @Override
        SpecificRecord event(int number, Instant at, RandomGenerator random) {
            return new PaymentStatusChanged(
                    new UUID(number, number),
                    at,
                    "payment-" + number,
                    id(number),
                    user(random),
                    user(random),
                    4250L,
                    "EUR",
                    PaymentStatus.PAYOUT_SENT,
                    null);
        }
    };

    private static final int USERS = 100_000;

    abstract Topic<?> topic();

    /** Deterministic for the same number and randomness. */
    abstract SpecificRecord event(int number, Instant at, RandomGenerator random);

    /** The key: an order's. */
    static String id(int number) {
        return "order-" + number;
    }

    private static String user(RandomGenerator random) {
        return "u" + random.nextInt(USERS);
    }
}
