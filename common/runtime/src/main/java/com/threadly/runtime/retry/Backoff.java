package com.threadly.runtime.retry;

import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;

/** Pauses between attempts: 100 ms at first, doubled each time up to 10 s, each half random so that processes spread. */
public final class Backoff {

    private static final IntervalFunction INTERVALS =
            IntervalFunction.ofExponentialRandomBackoff(Duration.ofMillis(100), 2.0, 0.5, Duration.ofSeconds(10));

    private Backoff() {}

    /**
     * Waits before the next attempt.
     *
     * @param attempt how many have failed so far, from 1
     */
    public static void pause(int attempt) throws InterruptedException {
        pause(attempt, Duration.ZERO);
    }

    /** Waits before the next attempt, but not less than {@code atLeast}. */
    public static void pause(int attempt, Duration atLeast) throws InterruptedException {
        Thread.sleep(Math.max(interval(attempt).toMillis(), atLeast.toMillis()));
    }

    /** How long to wait after {@code attempt} failures; another random time with each call. */
    public static Duration interval(int attempt) {
        return Duration.ofMillis(INTERVALS.apply(attempt));
    }
}
