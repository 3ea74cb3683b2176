package com.threadly.common.pipeline;

import com.threadly.common.retry.Backoff;
import com.threadly.common.serde.UndecodableException;
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

/** Tries again what is only down for now, and knows which partitions wait for it. */
final class Patience {

    private static final Logger log = LoggerFactory.getLogger(Patience.class);

    private final Map<TopicPartition, String> troubles = new ConcurrentHashMap<>();
    private final Counter retries;

    Patience(Counter retries) {
        this.retries = retries;
    }

    /** What keeps records from being handled at the moment. */
    Optional<String> trouble() {
        return troubles.values().stream().findFirst();
    }

    /** The result of {@code action}, however often that takes. */
    <T> T untilAvailable(PartitionLane lane, Callable<T> action) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            String cause;
            try {
                T result = action.call();
                troubles.remove(lane.partition());
                return result;
            } catch (UndecodableException e) {
                throw e;
            } catch (InterruptException e) {
                troubles.remove(lane.partition());
                throw new InterruptedException(e.getMessage());
            } catch (UnavailableException | KafkaException e) {
                // The registry being away is a KafkaException, too.
                cause = String.valueOf(e.getMessage());
            } catch (InterruptedException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            waitFor(lane, cause, attempt);
        }
    }

    private void waitFor(PartitionLane lane, String cause, int attempt) throws InterruptedException {
        retries.increment();
        if (troubles.put(lane.partition(), cause) == null) {
            log.atWarn()
                    .addKeyValue("partition", lane.partition())
                    .addKeyValue("cause", cause)
                    .log("records wait for something that is down; retrying until it is back");
        }
        try {
            if (lane.abandoned()) {
                throw new InterruptedException("the partition has gone");
            }
            Backoff.pause(attempt);
        } catch (InterruptedException e) {
            // Its trouble is its next owner's; left here, this process would never be ready again.
            troubles.remove(lane.partition());
            throw e;
        }
    }
}
