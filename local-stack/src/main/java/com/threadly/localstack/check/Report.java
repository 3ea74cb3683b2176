package com.threadly.localstack.check;

import java.time.Duration;

/**
 * What a check found.
 *
 * @param events how many were published
 * @param expected how many pushes they promise; a digest counts as one
 * @param pushes how many arrived, those without a promise included
 * @param unexpected pushes of a promised kind that no event called for
 * @param took from the first event's publication to the arrival of the last promised push
 * @param p50 median time from publication to arrival
 */
public record Report(
        long events,
        long expected,
        long pushes,
        Finding lost,
        Finding duplicated,
        Finding outOfOrder,
        Finding unexpected,
        Duration took,
        Duration p50,
        Duration p99) {

    /** Whether every promise was kept. */
    public boolean clean() {
        return lost.count() + duplicated.count() + outOfOrder.count() + unexpected.count() == 0;
    }

    public double eventsPerSecond() {
        return took.isZero() ? 0 : events * 1e9 / took.toNanos();
    }
}
