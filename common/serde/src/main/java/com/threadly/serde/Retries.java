package com.threadly.serde;

import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;

/**
 * How often, and after which waits, a question is asked again.
 *
 * @param limit how many times after the first
 * @param waits milliseconds before the n-th repetition, counted from 1
 */
record Retries(int limit, IntervalFunction waits) {

    private static final double DOUBLING = 2;
    private static final double JITTER = 0.5;

    static Retries of(int limit, Duration first, Duration longest) {
        return new Retries(
                limit,
                IntervalFunction.ofExponentialRandomBackoff(
                        first, DOUBLING, JITTER, longest.compareTo(first) < 0 ? first : longest));
    }
}
