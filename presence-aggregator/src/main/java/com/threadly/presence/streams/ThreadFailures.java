package com.threadly.presence.streams;

import com.threadly.presence.streams.ThreadDeaths.Death;
import com.threadly.runtime.retry.RetryPolicy;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Optional;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives each thread that died a successor, after a pause that grows while they go on dying. */
final class ThreadFailures implements StreamsUncaughtExceptionHandler {

    /** Of what an exception says, enough for a line of health. */
    private static final int MAX_WORDS = 500;

    private static final String TOPIC_MISSING =
            "topic presence-events is missing; run ./threadly topics apply, or create it, such as:"
                    + " kafka-topics.sh --create --topic presence-events --partitions 12";

    static final String FENCED =
            "another process has taken over KAFKA_GROUP_INSTANCE_ID; give each process an id of its own";

    private static final Logger log = LoggerFactory.getLogger(ThreadFailures.class);

    private final Clock clock;
    private final Counter deaths;
    private volatile ThreadDeaths recent = ThreadDeaths.NONE;
    private volatile boolean ending;
    private volatile boolean fenced;
    private volatile Runnable whenFenced = () -> {};

    ThreadFailures(Clock clock, MeterRegistry metrics) {
        this.clock = clock;
        this.deaths = Counter.builder("threadly.presence.thread.deaths")
                .description("Counting threads that died; each has a successor")
                .register(metrics);
    }

    /** Runs on the thread that dies, so its pause delays nobody else. */
    @Override
    public StreamThreadExceptionResponse handle(Throwable exception) {
        if (ending) {
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        if (isFenced(exception)) {
            // A successor would take the id back, and both processes would go on doing so.
            fenced = true;
            ending = true;
            log.atError().log(FENCED);
            whenFenced.run();
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        int inARow = note(exception);
        try {
            RetryPolicy.STANDARD.pause(inARow);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    /** Returns how many have died in a row, this one included. */
    private synchronized int note(Throwable exception) {
        boolean isTopicMissing = exception instanceof MissingSourceTopicException;
        var death = new Death(isTopicMissing ? TOPIC_MISSING : words(exception), clock.instant(), isTopicMissing);
        boolean known = recent.at(death.at()).includes(death.cause());
        // First of all, so that whoever sees the count or the log finds it in readiness.
        recent = recent.and(death);
        if (!isTopicMissing) {
            deaths.increment();
        }
        if (!known) {
            log.atError()
                    .addKeyValue("cause", death.cause())
                    .setCause(isTopicMissing ? null : exception)
                    .log("a counting thread died; another takes its place");
        }
        return recent.inARow();
    }

    /**
     * What threads have been dying of lately.
     *
     * @param running whether all threads run at the moment
     */
    Optional<String> trouble(boolean running) {
        return recent.trouble(clock.instant(), running);
    }

    /** No more successors: the process is to end. */
    void end() {
        ending = true;
    }

    /** Has {@code action} run when another process takes the instance id of this one. */
    void whenFenced(Runnable action) {
        whenFenced = action;
    }

    boolean fenced() {
        return fenced;
    }

    private static boolean isFenced(Throwable exception) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof FencedInstanceIdException) {
                return true;
            }
        }
        return false;
    }

    /** What the first cause says; in brackets where it was met, of each exception around it the first line. */
    private static String words(Throwable exception) {
        var where = new ArrayDeque<String>();
        Throwable root = exception;
        while (root.getCause() != null) {
            String.valueOf(root.getMessage()).lines().findFirst().ifPresent(where::addFirst);
            root = root.getCause();
        }
        String what = where.isEmpty() ? root.toString() : "%s (%s)".formatted(root, String.join("; ", where));
        return what.substring(0, Math.min(what.length(), MAX_WORDS));
    }
}
