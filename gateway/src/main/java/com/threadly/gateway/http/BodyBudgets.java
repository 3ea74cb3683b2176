package com.threadly.gateway.http;

import io.javalin.config.Key;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;

/**
 * Memory for bodies in parts, so that anonymous requests cannot use up that of signed-in users, and those of suspects
 * not that of anyone else.
 *
 * @param users for requests whose token has been verified
 * @param anyone for all others: webhooks, which can be verified only after they have arrived
 * @param suspects for webhooks from addresses that most of the forged ones come from
 */
record BodyBudgets(BodyBudget users, BodyBudget anyone, BodyBudget suspects) {

    static final Key<BodyBudgets> KEY = new Key<>("body budgets");

    /** Each part's share of the heap: 16 of 256 MiB. Parsed bodies take more, but few exist at a time. */
    private static final int PARTS = 16;

    /** The share of suspects: 4 of 256 MiB. */
    private static final int PARTS_OF_SUSPECTS = 64;

    static BodyBudgets ofHeap(MeterRegistry metrics) {
        long heap = Runtime.getRuntime().maxMemory();
        return new BodyBudgets(
                new BodyBudget(heap / PARTS, System::nanoTime, metrics),
                new BodyBudget(heap / PARTS, System::nanoTime, metrics),
                new BodyBudget(heap / PARTS_OF_SUSPECTS, System::nanoTime, metrics));
    }

    void endLateBodies(Duration maxArrival) {
        users.endLateBodies(maxArrival);
        anyone.endLateBodies(maxArrival);
        suspects.endLateBodies(maxArrival);
    }
}
