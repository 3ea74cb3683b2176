package com.threadly.gateway.http;

import com.threadly.gateway.limits.Turns;
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
 * @param largeOfSuspects whose large bodies are read now
 */
record BodyBudgets(BodyBudget users, BodyBudget anyone, BodyBudget suspects, Turns largeOfSuspects) {

    static final Key<BodyBudgets> KEY = new Key<>("body budgets");

    /** Each part's share of the heap: 16 of 256 MiB. Parsed bodies take more, but few exist at a time. */
    private static final int PARTS = 16;

    /** The share of suspects: 4 of 256 MiB. */
    private static final int PARTS_OF_SUSPECTS = 64;

    /** At a time, so that reading what is thrown away takes little of the processors. */
    private static final int LARGE_OF_SUSPECTS = 4;

    /** A webhook of Pusher takes milliseconds, and is repeated if it takes longer than this. */
    private static final Duration MAX_ARRIVAL_OF_SUSPECTS = Duration.ofSeconds(1);

    /** Longer than those before it may take, so that the smallest one gets its turn in any case. */
    private static final Duration MAX_WAIT_OF_SUSPECTS = Duration.ofSeconds(2);

    static BodyBudgets ofHeap(MeterRegistry metrics) {
        long heap = Runtime.getRuntime().maxMemory();
        return new BodyBudgets(
                new BodyBudget(heap / PARTS, System::nanoTime, metrics),
                new BodyBudget(heap / PARTS, System::nanoTime, metrics),
                new BodyBudget(heap / PARTS_OF_SUSPECTS, System::nanoTime, metrics),
                new Turns(LARGE_OF_SUSPECTS, MAX_WAIT_OF_SUSPECTS));
    }

    void endLateBodies(Duration maxArrival) {
        users.endLateBodies(maxArrival);
        anyone.endLateBodies(maxArrival);
        suspects.endLateBodies(
                maxArrival.compareTo(MAX_ARRIVAL_OF_SUSPECTS) < 0 ? maxArrival : MAX_ARRIVAL_OF_SUSPECTS);
    }
}
