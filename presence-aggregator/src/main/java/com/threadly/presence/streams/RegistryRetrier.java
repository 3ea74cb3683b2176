package com.threadly.presence.streams;

import com.threadly.runtime.health.HealthCheck;
import com.threadly.runtime.retry.RetryPolicy;
import com.threadly.serde.AvroSerde;
import com.threadly.serde.RegistryUnavailableException;
import com.threadly.serde.SchemaRegistryClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits while the registry is down, so that an outage costs time, but no records or threads. */
final class RegistryRetrier implements HealthCheck {

    /** Half of the 10 s after which the broker ends a transaction, and all that was counted in it. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(RegistryRetrier.class);

    private final Clock clock;
    /** What each waiting thread was told. */
    private final Map<Thread, String> troubles = new ConcurrentHashMap<>();

    private volatile boolean over;

    RegistryRetrier(Clock clock) {
        this.clock = clock;
    }

    /** Reads and writes events of {@code type}, and waits for the registry. */
    <T extends SpecificRecord> Serde<T> over(SchemaRegistryClient registry, Class<T> type) {
        var serde = new AvroSerde<>(registry, type);
        return Serdes.serdeFrom(
                (topic, event) -> untilAnswered(() -> serde.serializer().serialize(topic, event)),
                (topic, bytes) -> untilAnswered(() -> serde.deserializer().deserialize(topic, bytes)));
    }

    /** The registry's problem, if any. */
    @Override
    public Optional<String> trouble() {
        return troubles.values().stream().findFirst();
    }

    /** From now on, an outage fails at once: the process is shutting down. */
    void end() {
        over = true;
    }

    private <T> T untilAnswered(Supplier<T> question) {
        Instant begin = clock.instant();
        try {
            for (int attempt = 1; ; attempt++) {
                try {
                    return question.get();
                } catch (RegistryUnavailableException e) {
                    note(e);
                    if (over || begin.plus(LIMIT).isBefore(clock.instant())) {
                        throw e;
                    }
                    pause(attempt, e);
                }
            }
        } finally {
            // On every exit: a past problem must not keep the process unready.
            troubles.remove(Thread.currentThread());
        }
    }

    private void note(RegistryUnavailableException cause) {
        if (troubles.isEmpty()) {
            log.atWarn()
                    .addKeyValue("cause", cause.getMessage())
                    .log("the schema registry is down; check it and SCHEMA_REGISTRY_URL; retrying");
        }
        troubles.put(Thread.currentThread(), "the schema registry is down: " + cause.getMessage());
    }

    private static void pause(int attempt, RegistryUnavailableException cause) {
        try {
            RetryPolicy.STANDARD.pause(attempt);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cause;
        }
    }
}
