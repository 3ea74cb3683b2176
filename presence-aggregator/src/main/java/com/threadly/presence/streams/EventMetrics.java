package com.threadly.presence.streams;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts the outcomes of presence events, and published counts and statuses. */
final class EventMetrics {

    private static final String EVENTS = "threadly.presence.events";

    private final MeterRegistry registry;
    private final Counter read;
    private final Counter late;
    private final Counter counts;
    private final Counter statuses;

    EventMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.read = registry.counter(EVENTS, "outcome", "read");
        this.late = registry.counter("threadly.presence.late");
        this.counts = registry.counter("threadly.presence.counts");
        this.statuses = registry.counter("threadly.presence.statuses");
    }

    void read() {
        read.increment();
    }

    /**
     * Skipped by rule.
     *
     * @param reason a constant
     */
    void skipped(String reason) {
        registry.counter(EVENTS, "outcome", "skipped_" + reason).increment();
    }

    /** Too late to change a count. */
    void late() {
        late.increment();
    }

    void countTold() {
        counts.increment();
    }

    void statusTold() {
        statuses.increment();
    }
}
