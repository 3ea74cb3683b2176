package com.threadly.gateway.http;

import io.javalin.config.Key;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;

/**
 * Memory for bodies, in two parts: what is sent by just anyone leaves what signed-in users need alone.
 *
 * @param users for requests whose token has been verified
 * @param anyone for all others: webhooks, which are known to be genuine only when they have arrived
 */
record BodyBudgets(BodyBudget users, BodyBudget anyone) {

    static final Key<BodyBudgets> KEY = new Key<>("body budgets");

    /** Each part of the heap: 16 of 256 MiB. What is parsed out of a body takes more, but of few bodies at a time. */
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
