package com.threadly.presence.streams;

import com.threadly.common.retry.Backoff;
import com.threadly.common.serde.RegistryUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for a registry that is down, so that its outage costs time and neither records nor threads. */
public final class RegistryPatience {

    /** Less than the 5 minutes after which the group takes a silent member's partitions away. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static final Logger log = LoggerFactory.getLogger(RegistryPatience.class);

    private final Clock clock;
    private volatile @Nullable String trouble;
    private volatile boolean over;

    public RegistryPatience(Clock clock) {
        this.clock = clock;
    }

    public <T> Deserializer<T> reading(Deserializer<T> deserializer) {
        return (topic, bytes) -> untilAnswered(() -> deserializer.deserialize(topic, bytes));
    }

    public <T> Serializer<T> writing(Serializer<T> serializer) {
        return (topic, event) -> untilAnswered(() -> serializer.serialize(topic, event));
    }

    /** What the registry's trouble is, if it has any. */
    Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    /** From now on an outage fails at once: the process is to end. */
    void end() {
        over = true;
    }

    private <T> T untilAnswered(Supplier<T> question) {
        Instant begin = clock.instant();
        for (int attempt = 1; ; attempt++) {
            try {
                T answer = question.get();
                trouble = null;
                return answer;
            } catch (RegistryUnavailableException e) {
                note(e);
                if (over || begin.plus(LIMIT).isBefore(clock.instant())) {
                    throw e;
                }
                pause(attempt, e);
            }
        }
    }

    private void note(RegistryUnavailableException cause) {
        if (trouble == null) {
            log.atWarn().addKeyValue("cause", cause.getMessage()).log("the schema registry is down; waiting for it");
        }
        trouble = "the schema registry is down: " + cause.getMessage();
    }

    private static void pause(int attempt, RegistryUnavailableException cause) {
        try {
            Backoff.pause(attempt);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cause;
        }
    }
}
