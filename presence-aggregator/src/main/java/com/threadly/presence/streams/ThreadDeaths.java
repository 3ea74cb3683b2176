package com.threadly.presence.streams;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Recent deaths of counting threads, and what they mean for health. Immutable; has no clock.
 *
 * @param recent in order of occurrence
 * @param inARow how many have died, each within a minute of the one before
 */
record ThreadDeaths(List<Death> recent, int inARow) {

    /** A death this long after the last one is unrelated to it. */
    private static final Duration MEMORY = Duration.ofMinutes(1);

    static final ThreadDeaths NONE = new ThreadDeaths(List.of(), 0);

    /**
     * The death of one thread.
     *
     * @param cause in words for an operator
     * @param isOverWhenRunning whether the cause is gone as soon as threads run again
     */
    record Death(String cause, Instant at, boolean isOverWhenRunning) {}

    /** With one more death; outdated ones are dropped. */
    ThreadDeaths and(Death death) {
        ThreadDeaths before = at(death.at());
        return new ThreadDeaths(
                Stream.concat(before.recent.stream(), Stream.of(death)).toList(), before.inARow + 1);
    }

    /** The deaths that are still relevant at {@code now}. */
    ThreadDeaths at(Instant now) {
        List<Death> telling = recent.stream()
                .filter(death -> death.at().plus(MEMORY).isAfter(now))
                .toList();
        return telling.isEmpty() ? NONE : new ThreadDeaths(telling, inARow);
    }

    /** Whether any had this cause. */
    boolean includes(String cause) {
        return recent.stream().anyMatch(death -> death.cause().equals(cause));
    }

    /**
     * Why counts are incomplete at {@code now}, in words for an operator.
     *
     * @param running whether all threads run now, which they do between two deaths
     */
    Optional<String> trouble(Instant now, boolean running) {
        List<Death> telling = at(now).recent.stream()
                .filter(death -> !running || !death.isOverWhenRunning())
                .toList();
        if (telling.isEmpty()) {
            return Optional.empty();
        }
        Death latest = telling.getLast();
        return Optional.of(
                latest.isOverWhenRunning()
                        ? latest.cause()
                        : String.format(
                                Locale.ROOT,
                                "counting threads died %d time(s) in the last minute, the last one because of: %s",
                                telling.size(),
                                latest.cause()));
    }
}
