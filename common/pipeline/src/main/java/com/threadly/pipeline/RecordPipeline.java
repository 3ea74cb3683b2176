package com.threadly.pipeline;

import com.threadly.runtime.Service;
import com.threadly.runtime.health.HealthCheck;
import com.threadly.runtime.kafka.KafkaAvailability;
import com.threadly.runtime.retry.RetryPolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.UnreleasedInstanceIdException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One consumer, and what becomes of its records: poll, decode, handle, push, commit.
 *
 * <ul>
 *   <li>An offset is committed only when all that its record, and every one before it, gave rise to is durable.
 *   <li>Records of a partition are handled in order; what concerns one channel is pushed in that order.
 *   <li>Records held are bounded: past the bounds partitions pause, and the consumer goes on polling.
 *   <li>A record that cannot be handled becomes a dead letter; what is down for now is waited for.
 * </ul>
 *
 * <p>It begins once Kafka answers and has the topics: before that, its clients could not even be made. As a static member
 * it waits until nobody else has its instance id, such as a process that was killed and is not known to be dead yet.
 */
public final class RecordPipeline implements Service, HealthCheck {

    /** To join while Kafka refuses us, or another member has our instance id. */
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
    private boolean stopping;

    /**
     * A pipeline that has not begun.
     *
     * @param connect called once Kafka answers; what it gives makes a loop for each attempt to join the group
     * @param instanceId of the static member that it is, empty where it is none
     */
    RecordPipeline(KafkaAvailability kafka, Supplier<Supplier<PollLoop>> connect, String instanceId) {
        this.kafka = kafka;
        this.connect = connect;
        this.instanceId = instanceId;
    }

    /** Why records do not flow at the moment; empty when they do. */
    @Override
    public Optional<String> trouble() {
        PollLoop polling = loop;
        return kafka.trouble().or(() -> polling == null ? Optional.of("has not begun yet") : trouble(polling));
    }

    private Optional<String> trouble(PollLoop polling) {
        return polling.trouble()
                .map(cause -> polling.membership().everJoined()
                        ? cause
                        : Optional.ofNullable(waiting).orElse(cause));
    }

    /** What to know about it although nothing is wrong. */
    Optional<String> note() {
        return Optional.ofNullable(loop).flatMap(polling -> polling.membership().note());
    }

    /** Why the process should be restarted; empty when it should not. */
    Optional<String> stuck() {
        PollLoop polling = loop;
        return polling == null ? Optional.empty() : polling.stuck();
    }

    @Override
    public void run() throws InterruptedException {
        try (kafka) {
            if (kafka.awaitAvailable()) {
                Supplier<PollLoop> loops = connect.get();
                for (int attempt = 1; !ran(begin(loops)); attempt++) {
                    var _ = stopped.await(REJOIN.waitAfter(attempt).toMillis(), TimeUnit.MILLISECONDS);
                }
            }
        }
    }

    /** True when it ran until it was told to stop, false when it must be tried again with another consumer. */
    private boolean ran(PollLoop polling) throws InterruptedException {
        try {
            polling.run();
            return true;
        } catch (UnreleasedInstanceIdException e) {
            if (polling.membership().everJoined()) {
                throw takenAway(e);
            }
            String cause =
                    ("another member has KAFKA_GROUP_INSTANCE_ID=%s: a process that was killed, until its session times"
                                    + " out, or one that runs under the same id")
                            .formatted(instanceId);
            if (!cause.equals(waiting)) {
                log.atWarn()
                        .addKeyValue("instance_id", instanceId)
                        .log("another member has KAFKA_GROUP_INSTANCE_ID; waiting until it leaves or times out");
            }
            waiting = cause;
            return false;
        } catch (AuthenticationException | GroupAuthorizationException e) {
            String cause = "Kafka refuses us: " + e.getMessage();
            if (!cause.equals(waiting) || polling.membership().everJoined()) {
                log.atError()
                        .addKeyValue("cause", e.getMessage())
                        .log("Kafka refuses us: check KAFKA_* credentials and ACLs; retrying");
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
                "another process has taken over KAFKA_GROUP_INSTANCE_ID=%s; give each process an id of its own"
                        .formatted(instanceId),
                cause);
    }

    private PollLoop begin(Supplier<PollLoop> loops) {
        PollLoop polling = loops.get();
        synchronized (this) {
            loop = polling;
            if (stopping) {
                polling.stop();
            }
        }
        return polling;
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
