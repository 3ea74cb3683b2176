package com.threadly.deadletter;

import com.threadly.runtime.tracing.TraceScope;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports a dead letter to operators: a metric, and a log line with the record's trace id.
 */
public final class DeadLetterReporter {

    private static final Logger log = LoggerFactory.getLogger(DeadLetterReporter.class);

    private final MeterRegistry metrics;

    public DeadLetterReporter(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    /** Reports that {@code record} became a dead letter for {@code reason}. */
    public void of(ConsumerRecord<byte[], byte[]> record, Reason reason, String message) {
        Counter.builder("threadly.dead.letters")
                .description("Dead letters, by source topic and reason")
                .tag("topic", record.topic())
                .tag("reason", reason.name())
                .register(metrics)
                .increment();
        try (var _ = TraceScope.of(record.headers())) {
            log.atWarn()
                    .addKeyValue("topic", record.topic())
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("reason", reason)
                    .addKeyValue("message", message)
                    .log("dead letter");
        }
    }
}
