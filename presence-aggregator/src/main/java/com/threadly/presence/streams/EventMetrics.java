package com.threadly.presence.streams;

import io.micrometer.core.instrument.MeterRegistry;

/** What became of presence events. */
final class EventMetrics {

    private static final String NAME = "threadly.presence.events";

    private final MeterRegistry registry;

    EventMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void counted() {
        registry.counter(NAME, "outcome", "counted").increment();
    }

    void late() {
        registry.counter(NAME, "outcome", "late").increment();
    }

    /**
     * Skipped by rule.
     *
     * @param reason a constant word
     */
    void skipped(String reason) {
        registry.counter(NAME, "outcome", reason).increment();
    }

    void told() {
        registry.counter("threadly.presence.counts").increment();
    }
}
