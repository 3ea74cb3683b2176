package com.threadly.presence.streams;

import com.threadly.common.retry.Backoff;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives each thread that died a successor, after a pause that grows while they go on dying. */
final class ThreadFailures implements StreamsUncaughtExceptionHandler {

    /** A thread that lived so long after the last death has nothing to do with it. */
    private static final Duration MEMORY = Duration.ofMinutes(1);

    private static final Logger log = LoggerFactory.getLogger(ThreadFailures.class);

    private record Failure(String cause, Instant at, int inARow) {}

    private final Clock clock;
    private volatile @Nullable Failure last;
    private volatile boolean ending;

    ThreadFailures(Clock clock) {
        this.clock = clock;
    }

    /** Runs on the thread that dies, so its pause delays nobody else. */
    @Override
    public StreamThreadExceptionResponse handle(Throwable exception) {
        if (ending) {
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        Failure failure = note(exception);
        try {
            Backoff.pause(failure.inARow());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    private synchronized Failure note(Throwable exception) {
        String cause = words(exception);
        Optional<Failure> before = lastRecent();
        if (before.filter(failure -> failure.cause().equals(cause)).isEmpty()) {
            log.atError()
                    .addKeyValue("cause", cause)
                    .setCause(exception instanceof MissingSourceTopicException ? null : exception)
                    .log("a counting thread died; another takes its place");
        }
        var failure =
                new Failure(cause, clock.instant(), before.map(Failure::inARow).orElse(0) + 1);
        last = failure;
        return failure;
    }

    /** What threads have been dying of lately. */
    Optional<String> recent() {
        return lastRecent().map(Failure::cause);
    }

    private Optional<Failure> lastRecent() {
        return Optional.ofNullable(last)
                .filter(failure -> failure.at().plus(MEMORY).isAfter(clock.instant()));
    }

    /** No more successors: the process is to end. */
    void end() {
        ending = true;
    }

    private static String words(Throwable exception) {
        if (exception instanceof MissingSourceTopicException) {
            return "topic presence-events is missing; run ./threadly topics apply, or create it, such as:"
                    + " kafka-topics.sh --create --topic presence-events --partitions 12";
        }
        Throwable root = exception;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.toString();
    }
}
