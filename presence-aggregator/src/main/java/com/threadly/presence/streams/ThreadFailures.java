package com.threadly.presence.streams;

import com.threadly.events.Topics;
import com.threadly.presence.streams.ThreadDeaths.Death;
import com.threadly.runtime.kafka.MissingTopics;
import com.threadly.runtime.retry.Causes;
import com.threadly.runtime.retry.RetryPolicy;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Replaces each dead thread after a pause, which grows while threads keep dying. */
final class ThreadFailures implements StreamsUncaughtExceptionHandler {

    /** Maximum characters of an exception's message in a health line. */
    private static final int MAX_WORDS = 500;

    private static final String TOPIC_MISSING =
            MissingTopics.advice(List.of(Topics.PRESENCE_EVENTS.name(), Topics.ERASURE_EVENTS.name()));

    static final String FENCED = "another process has taken over KAFKA_GROUP_INSTANCE_ID; give each process its own id";

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
                .description("Counting threads that died and were replaced")
                .register(metrics);
    }

    /** Runs on the dying thread, so its pause delays no other. */
    @Override
    public StreamThreadExceptionResponse handle(Throwable exception) {
        if (ending) {
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        if (isFenced(exception)) {
            // A successor would take the id back, and the processes would alternate.
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

    /** Returns how many have died in a row, including this one. */
    private synchronized int note(Throwable exception) {
        boolean isTopicMissing = exception instanceof MissingSourceTopicException;
        var death = new Death(isTopicMissing ? TOPIC_MISSING : words(exception), clock.instant(), isTopicMissing);
        boolean known = recent.at(death.at()).includes(death.cause());
        // First, so that readiness already shows it when the metric or the log does.
        recent = recent.and(death);
        if (!isTopicMissing) {
            deaths.increment();
        }
        if (!known) {
            log.atError()
                    .addKeyValue("cause", death.cause())
                    .setCause(isTopicMissing ? null : exception)
                    .log("a counting thread died; replacing it");
        }
        return recent.inARow();
    }

    /**
     * Why threads have died recently.
     *
     * @param running whether all threads run now
     */
    Optional<String> trouble(boolean running) {
        return recent.trouble(clock.instant(), running);
    }

    /** Stops replacing threads: the process is shutting down. */
    void end() {
        ending = true;
    }

    /** Runs {@code action} when another process takes the instance id of this one. */
    void whenFenced(Runnable action) {
        whenFenced = action;
    }

    boolean fenced() {
        return fenced;
    }

    private static boolean isFenced(Throwable exception) {
        return Causes.first(FencedInstanceIdException.class, exception).isPresent();
    }

    /** The root cause's message; in parentheses, the first line of each exception around it. */
    private static String words(Throwable exception) {
        Throwable root = Causes.root(exception);
        List<String> where = Causes.of(exception)
                .takeWhile(cause -> !cause.equals(root))
                .flatMap(cause -> String.valueOf(cause.getMessage()).lines().limit(1))
                .toList()
                .reversed();
        String what = where.isEmpty() ? root.toString() : "%s (%s)".formatted(root, String.join("; ", where));
        return what.substring(0, Math.min(what.length(), MAX_WORDS));
    }
}
