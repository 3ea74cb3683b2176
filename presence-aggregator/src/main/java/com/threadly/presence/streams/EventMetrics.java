package com.threadly.presence.streams;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the outcomes of presence events, and published counts and statuses. */
final class EventMetrics {

    private static final Logger log = LoggerFactory.getLogger(EventMetrics.class);

    private static final String EVENTS = "threadly.presence.events";

    private final MeterRegistry registry;
    private final Counter read;
    private final Counter late;
    private final Counter wrongPartition;
    private final Counter counts;
    private final Counter statuses;

    EventMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.read = registry.counter(EVENTS, "outcome", "read");
        this.late = registry.counter("threadly.presence.late");
        this.wrongPartition = registry.counter("threadly.presence.wrong.partition");
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

    /** Counted, but in a partition that is not the channel's. */
    void wrongPartition(String channel, int partition) {
        if (wrongPartition.count() == 0) {
            log.atWarn()
                    .addKeyValue("channel", channel)
                    .addKeyValue("partition", partition)
                    .log("a producer of presence-events has another partitioner than Kafka's default: the channel is"
                            + " counted once in each of its partitions");
        }
        wrongPartition.increment();
    }

    void countTold() {
        counts.increment();
    }

    void statusTold() {
        statuses.increment();
    }
}
