package com.threadly.runtime.retry;

import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The wait before a retry: {@code first}, doubled with each further failure up to {@code cap}. docs/architecture.md
 * lists every policy in use.
 *
 * @param first wait after the first failure
 * @param cap longest wait
 * @param jitter share of each wait, from 0 to below 1, added or subtracted at random, so that processes that failed
 * together do not retry together
 */
public record RetryPolicy(Duration first, Duration cap, double jitter) {

    /** For shared dependencies: 100 ms to 10 s, with a jitter of half. */
    public static final RetryPolicy STANDARD = new RetryPolicy(Duration.ofMillis(100), Duration.ofSeconds(10), 0.5);

    public RetryPolicy {
        if (!first.isPositive() || cap.compareTo(first) < 0 || jitter < 0 || jitter >= 1) {
            throw new IllegalArgumentException(
                    "invalid retry policy: first %s, cap %s, jitter %s".formatted(first, cap, jitter));
        }
    }

    /** The same wait after every failure. */
    public static RetryPolicy every(Duration wait) {
        return new RetryPolicy(wait, wait, 0);
    }

    /** This policy with waits of at most {@code limit}. */
    public RetryPolicy cappedAt(Duration limit) {
        return new RetryPolicy(min(first, limit), min(cap, limit), jitter);
    }

    /** The wait after {@code failures} in a row, from 1; randomized on each call. */
    public Duration waitAfter(int failures) {
        Duration capped = Duration.ofMillis(
                IntervalFunction.ofExponentialBackoff(first, 2.0, cap).apply(failures));
        // Capped before it is spread: afterwards, every wait beyond the cap would be the cap itself.
        return jitter == 0
                ? capped
                : min(
                        Duration.ofMillis(
                                IntervalFunction.ofRandomized(capped, jitter).apply(failures)),
                        cap);
    }

    /** Sleeps for {@link #waitAfter}. */
    public void pause(int failures) throws InterruptedException {
        Thread.sleep(waitAfter(failures));
    }

    /** Waits for {@link #waitAfter}, or until {@code end} counts down; returns whether it has. */
    public boolean pauseUnless(CountDownLatch end, int failures) throws InterruptedException {
        return end.await(waitAfter(failures).toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
