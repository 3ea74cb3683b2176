package com.threadly.serde;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How often, and after which waits, a question is asked again: each wait is twice the one before, half of it random.
 *
 * @param limit how many times after the first
 * @param first wait
 * @param longest wait
 */
record Retries(int limit, Duration first, Duration longest) {

    private static final double JITTER = 0.5;

    static Retries of(int limit, Duration first, Duration longest) {
        return new Retries(limit, first, longest.compareTo(first) < 0 ? first : longest);
    }

    /** Milliseconds before the {@code attempt}-th repetition, counted from 1; another random time with each call. */
    long wait(int attempt) {
        double doubled = Math.min((double) longest.toMillis(), first.toMillis() * Math.pow(2, attempt - 1));
        double random = ThreadLocalRandom.current().nextDouble(1 - JITTER, 1 + JITTER);
        return Math.min(longest.toMillis(), Math.round(doubled * random));
    }
}
