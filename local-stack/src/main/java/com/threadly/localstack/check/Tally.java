package com.threadly.localstack.check;

import java.time.Duration;
import java.time.Instant;

/** The findings so far. For the ledger's thread only. */
final class Tally {

    private final DeliveryListener listener;
    private final Latencies latencies = new Latencies();
    private Finding duplicated = Finding.NONE;
    private Finding outOfOrder = Finding.NONE;
    private Finding unexpected = Finding.NONE;
    private Instant last = Instant.MIN;

    Tally(DeliveryListener listener) {
        this.listener = listener;
    }

    void delivered(Instant published, Instant arrived) {
        latencies.add(Duration.between(published, arrived));
        last = arrived.isAfter(last) ? arrived : last;
        listener.delivered(published, arrived);
    }

    void duplicated(Repeat repeat) {
        duplicated = duplicated.and(repeat.push());
        listener.repeated(repeat);
    }

    void outOfOrder(String what) {
        outOfOrder = outOfOrder.and(what);
    }

    void unexpected(String what) {
        unexpected = unexpected.and(what);
    }

    Report report(long events, long expected, long pushes, Finding lost, Instant first) {
        return new Report(
                events,
                expected,
                pushes,
                lost,
                duplicated,
                outOfOrder,
                unexpected,
                last.isBefore(first) ? Duration.ZERO : Duration.between(first, last),
                latencies.percentile(0.50),
                latencies.percentile(0.99));
    }
}
