package com.threadly.pipeline;

import com.threadly.runtime.health.HealthCheck;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Metric;
import org.jspecify.annotations.Nullable;

/**
 * Whether the group still counts us among its members, by our own clock: it does for the session's timeout after it has
 * received a heartbeat. A process that was stopped for longer does not know yet that others have its partitions, and one
 * that is cut off from Kafka never hears of it. A quarter of that time is kept back for answers on their way.
 *
 * <p>Kafka's clients tell how many heartbeats were answered, refusals included. So an answer counts only after the poll
 * that follows it, which takes the partitions away when it was a refusal. The first one after this process stood still
 * may be of a heartbeat from before: then it is only known to be later than the answer before it.
 *
 * <p>A refusal that takes nothing away, such as that of a broker that is still loading the group, looks like an answer,
 * too. So once the session has ended, only the group itself can renew it: by taking a commit, or by assigning partitions.
 */
final class GroupSession implements HealthCheck {

    private final DoubleSupplier answers;
    private final LongSupplier nanoClock;
    private final Duration timeout;
    private final long validNanos;
    private final long standstillNanos;

    // Of the consumer's thread.
    private double answered;
    private long lastLook;
    private long lookBeforeAnswer;
    private long receivedAfter;
    private boolean stoodStill;

    private volatile boolean ended;
    private volatile long since;

    /**
     * A session that begins now.
     *
     * @param answers how many heartbeats were answered; not a number where that is not known, and each poll counts
     * @param nanoClock never goes back, and goes on while the process is stopped
     */
    GroupSession(DoubleSupplier answers, LongSupplier nanoClock, Duration timeout) {
        this.answers = answers;
        this.nanoClock = nanoClock;
        this.timeout = timeout;
        standstillNanos = timeout.toNanos() / 4;
        validNanos = timeout.toNanos() - standstillNanos;
        lastLook = nanoClock.getAsLong();
        lookBeforeAnswer = lastLook;
        receivedAfter = lastLook;
        since = lastLook;
    }

    /** That of {@code consumer}. */
    static GroupSession of(Consumer<?, ?> consumer, Duration timeout) {
        return new GroupSession(new HeartbeatAnswers(consumer), System::nanoTime, timeout);
    }

    /** As a metric of the consumer tells, which is there a little after the consumer. */
    private static final class HeartbeatAnswers implements DoubleSupplier {

        private final Consumer<?, ?> consumer;
        private @Nullable Metric metric;

        private HeartbeatAnswers(Consumer<?, ?> consumer) {
            this.consumer = consumer;
        }

        @Override
        public double getAsDouble() {
            if (metric == null) {
                consumer.metrics().forEach((name, value) -> {
                    if (name.name().equals("heartbeat-total")) {
                        metric = value;
                    }
                });
            }
            return metric != null && metric.metricValue() instanceof Double answered ? answered : Double.NaN;
        }
    }

    /** Call before each poll. */
    void look() {
        ended |= !isValid();
        // A poll has followed since the last look.
        since = receivedAfter;
        double now = answers.getAsDouble();
        long time = nanoClock.getAsLong();
        stoodStill |= time - lastLook > standstillNanos;
        if (now > answered || Double.isNaN(now)) {
            receivedAfter = stoodStill ? lookBeforeAnswer : lastLook;
            lookBeforeAnswer = lastLook;
            stoodStill = false;
        }
        answered = now;
        lastLook = time;
    }

    /** Whether it is over, and only the group can renew it. Used by the consumer's thread. */
    boolean hasEnded() {
        return ended;
    }

    /** The group has proved that we are a member, with an answer to what was sent at {@code sentAt}, or later. */
    void renew(long sentAt) {
        since = sentAt;
        receivedAfter = sentAt;
        lookBeforeAnswer = sentAt;
        ended = false;
    }

    /** The poll since the last look has assigned partitions. */
    void renewByAssignment() {
        renew(lastLook);
    }

    /** The time, for {@link #renew}. */
    long now() {
        return nanoClock.getAsLong();
    }

    /** Whether nobody else can have our partitions. */
    boolean isValid() {
        return !ended && nanoClock.getAsLong() - since < validNanos;
    }

    @Override
    public Optional<String> trouble() {
        return isValid()
                ? Optional.empty()
                : Optional.of("its group has not answered for long, and gives members up after " + timeout
                        + ": others may have the partitions");
    }
}
