package com.threadly.pipeline;

import com.threadly.runtime.health.HealthCheck;
import com.threadly.runtime.retry.RetryPolicy;
import com.threadly.runtime.retry.UnavailableException;
import com.threadly.serde.UndecodableException;
import io.micrometer.core.instrument.Counter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Retries actions during an outage, and tracks which partitions wait. */
final class Retrier implements HealthCheck {

    private static final Logger log = LoggerFactory.getLogger(Retrier.class);

    /** One waiting thread: several of the publisher's threads may wait for one partition. */
    private static final class Waiting {}

    private record Trouble(TopicPartition partition, String cause) {}

    private final Map<Waiting, Trouble> troubles = new ConcurrentHashMap<>();
    private final Counter retries;

    Retrier(Counter retries) {
        this.retries = retries;
    }

    /** Why records cannot be handled now. */
    @Override
    public Optional<String> trouble() {
        return troubles.values().stream().map(Trouble::cause).findFirst();
    }

    /**
     * The result of {@code action}, after any number of retries. On any thread.
     *
     * @throws AbandonedException when the partition is revoked or lost meanwhile
     */
    <T> T untilAvailable(AssignedPartition assigned, Callable<T> action)
            throws InterruptedException, AbandonedException {
        var waiting = new Waiting();
        try {
            for (int attempt = 1; ; attempt++) {
                String cause;
                try {
                    return action.call();
                } catch (UndecodableException e) {
                    throw e;
                } catch (InterruptException e) {
                    throw new InterruptedException(e.getMessage());
                } catch (UnavailableException | KafkaException e) {
                    // An unavailable registry is a KafkaException, too.
                    cause = String.valueOf(e.getMessage());
                } catch (InterruptedException | RuntimeException e) {
                    throw e;
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
                note(waiting, new Trouble(assigned.partition(), cause));
                assigned.pause(RetryPolicy.STANDARD.waitAfter(attempt));
            }
        } finally {
            // On every exit: a past problem must not keep the process unready.
            troubles.remove(waiting);
        }
    }

    private void note(Waiting waiting, Trouble trouble) {
        retries.increment();
        boolean first =
                troubles.values().stream().noneMatch(other -> other.partition().equals(trouble.partition()));
        troubles.put(waiting, trouble);
        if (first) {
            log.atWarn()
                    .addKeyValue("partition", trouble.partition())
                    .addKeyValue("cause", trouble.cause())
                    .log("records wait for a dependency that is down; retrying until it is back");
        }
    }
}
