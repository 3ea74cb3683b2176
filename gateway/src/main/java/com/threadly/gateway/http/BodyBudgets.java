package com.threadly.gateway.http;

import io.javalin.config.Key;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;

/**
 * Memory for bodies in two parts, so that anonymous requests cannot use up that of signed-in users.
 *
 * @param users for requests whose token has been verified
 * @param anyone for all others: webhooks, which can be verified only after they have arrived
 */
record BodyBudgets(BodyBudget users, BodyBudget anyone) {

    static final Key<BodyBudgets> KEY = new Key<>("body budgets");

    /** Each part's share of the heap: 16 of 256 MiB. Parsed bodies take more, but few exist at a time. */
    private static final int PARTS = 16;

    static BodyBudgets ofHeap(MeterRegistry metrics) {
        long bytes = Runtime.getRuntime().maxMemory() / PARTS;
        return new BodyBudgets(
                new BodyBudget(bytes, System::nanoTime, metrics), new BodyBudget(bytes, System::nanoTime, metrics));
    }

    void endLateBodies(Duration maxArrival) {
        users.endLateBodies(maxArrival);
        anyone.endLateBodies(maxArrival);
    }
}
