package com.threadly.pipeline;

import com.threadly.runtime.Service;
import com.threadly.runtime.health.HealthCheck;
import com.threadly.runtime.kafka.KafkaAvailability;
import com.threadly.runtime.retry.Causes;
import com.threadly.runtime.retry.RetryPolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.UnreleasedInstanceIdException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One consumer and its records: poll, decode, handle, push, commit.
 *
 * <ul>
 *   <li>An offset is committed only when every effect of its record and of all earlier ones is durable.
 *   <li>Records of a partition are handled in order; pushes to one channel keep that order.
 *   <li>Held records are bounded: above the limits, partitions pause, and the consumer keeps polling.
 *   <li>A record that cannot be handled becomes a dead letter; outages are waited out.
 * </ul>
 *
 * <p>It starts once Kafka is available and has the topics: before that, its clients could not even be created. As a
 * static member, it waits until no other member has its instance id, such as a killed process whose session has not
 * expired.
 */
public final class RecordPipeline implements Service, HealthCheck {

    /** For joining while Kafka denies access, or another member has our instance id. */
    private static final RetryPolicy REJOIN = RetryPolicy.every(Duration.ofSeconds(1));

    private static final String GROUP_PROTOCOL_MISSING =
            "the brokers do not offer the group protocol of KIP-848 (Kafka 4.0 or newer, feature group.version=1):"
                    + " set KAFKA_GROUP_PROTOCOL=classic, or upgrade them; retrying";

    private static final Logger log = LoggerFactory.getLogger(RecordPipeline.class);

    private final KafkaAvailability kafka;
    private final Supplier<Supplier<PollLoop>> connect;
    private final String instanceId;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile @Nullable PollLoop loop;
    private volatile @Nullable String waiting;
    private volatile boolean connecting;
    private boolean stopping;

    /**
     * A pipeline that has not started.
     *
     * @param connect called once Kafka is available; its result creates a loop for each attempt to join the group
     * @param instanceId of a static member; empty for a dynamic one
     */
    RecordPipeline(KafkaAvailability kafka, Supplier<Supplier<PollLoop>> connect, String instanceId) {
        this.kafka = kafka;
        this.connect = connect;
        this.instanceId = instanceId;
    }

    /** Why records are not processed; empty when they are. */
    @Override
    public Optional<String> trouble() {
        PollLoop polling = loop;
        return kafka.trouble()
                .or(() -> polling == null
                        ? Optional.of(Optional.ofNullable(waiting).orElse("has not started yet"))
                        : trouble(polling));
    }

    private Optional<String> trouble(PollLoop polling) {
        return polling.trouble()
                .map(cause -> polling.membership().everJoined()
                        ? cause
                        : Optional.ofNullable(waiting).orElse(cause));
    }

    /** Information for operators that is not a problem. */
    Optional<String> note() {
        return Optional.ofNullable(loop).flatMap(polling -> polling.membership().note());
    }

    /** Why the process needs a restart; empty when it does not. */
    Optional<String> stuck() {
        PollLoop polling = loop;
        // The last loop, if any, has ended, and a restart would wait for the same.
        return polling == null || connecting ? Optional.empty() : polling.stuck();
    }

    @Override
    public void run() throws InterruptedException {
        try (kafka) {
            if (kafka.awaitAvailable()) {
                Supplier<PollLoop> loops = created(connect).orElse(null);
                for (int attempt = 1; loops != null && !ran(loops); attempt++) {
                    var _ = REJOIN.pauseUnless(stopped, attempt);
                }
            }
        }
    }

    /** Clients, as soon as they can be created; empty when stopped before. */
    private <T> Optional<T> created(Supplier<T> clients) throws InterruptedException {
        connecting = true;
        String before = waiting;
        try {
            for (int attempt = 1; ; attempt++) {
                try {
                    T created = clients.get();
                    waiting = before;
                    return Optional.of(created);
                } catch (KafkaException e) {
                    // Such as a host name that does not resolve now, although it did a moment ago.
                    String cause = "cannot connect to Kafka: " + Causes.rootMessage(e);
                    if (!cause.equals(waiting)) {
                        log.atWarn().addKeyValue("cause", cause).log("waiting for Kafka");
                    }
                    waiting = cause;
                }
                if (RetryPolicy.STANDARD.pauseUnless(stopped, attempt)) {
                    return Optional.empty();
                }
            }
        } finally {
            connecting = false;
        }
    }

    /** True when it ran until it was stopped, false to retry with another consumer. */
    private boolean ran(Supplier<PollLoop> loops) throws InterruptedException {
        PollLoop polling = created(loops).orElse(null);
        if (polling == null) {
            return true;
        }
        begin(polling);
        try {
            polling.run();
            return true;
        } catch (UnreleasedInstanceIdException e) {
            if (polling.membership().everJoined()) {
                throw takenAway(e);
            }
            String cause =
                    ("another member has KAFKA_GROUP_INSTANCE_ID=%s: a killed process, until its session times out,"
                                    + " or a running one with the same id, which needs another")
                            .formatted(instanceId);
            if (!cause.equals(waiting)) {
                log.atWarn()
                        .addKeyValue("instance_id", instanceId)
                        .log("another member has KAFKA_GROUP_INSTANCE_ID; waiting until it leaves or times out");
            }
            waiting = cause;
            return false;
        } catch (AuthenticationException | GroupAuthorizationException e) {
            String cause = "Kafka denied access: " + e.getMessage();
            if (!cause.equals(waiting) || polling.membership().everJoined()) {
                log.atError()
                        .addKeyValue("cause", e.getMessage())
                        .log("Kafka denied access; check KAFKA_* credentials and ACLs; retrying");
            }
            waiting = cause;
            return false;
        } catch (UnsupportedVersionException e) {
            // An upgrade of the brokers may be under way.
            if (!GROUP_PROTOCOL_MISSING.equals(waiting)) {
                log.atError().addKeyValue("cause", e.getMessage()).log(GROUP_PROTOCOL_MISSING);
            }
            waiting = GROUP_PROTOCOL_MISSING;
            return false;
        } catch (FencedInstanceIdException e) {
            throw takenAway(e);
        }
    }

    private IllegalStateException takenAway(RuntimeException cause) {
        return new IllegalStateException(
                "another process has taken over KAFKA_GROUP_INSTANCE_ID=%s; give each process its own id"
                        .formatted(instanceId),
                cause);
    }

    private synchronized void begin(PollLoop polling) {
        loop = polling;
        if (stopping) {
            polling.stop();
        }
    }

    @Override
    public synchronized void stop() {
        stopping = true;
        stopped.countDown();
        PollLoop polling = loop;
        if (polling == null) {
            kafka.close();
        } else {
            polling.stop();
        }
    }
}
