package com.threadly.presence.streams;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What counting threads have died of lately, and what that says of the present. Immutable; knows no clock.
 *
 * @param recent in the order in which they happened
 * @param inARow how many have died, each within a minute after the one before
 */
record ThreadDeaths(List<Death> recent, int inARow) {

    /** A thread that lived so long after the last death has nothing to do with it. */
    private static final Duration MEMORY = Duration.ofMinutes(1);

    static final ThreadDeaths NONE = new ThreadDeaths(List.of(), 0);

    /**
     * The end of one thread.
     *
     * @param cause in words for an operator
     * @param isOverWhenRunning whether it is known to be over as soon as threads run again
     */
    record Death(String cause, Instant at, boolean isOverWhenRunning) {}

    /** With one more; those that say nothing any more are forgotten. */
    ThreadDeaths and(Death death) {
        ThreadDeaths before = at(death.at());
        return new ThreadDeaths(
                Stream.concat(before.recent.stream(), Stream.of(death)).toList(), before.inARow + 1);
    }

    /** As of {@code now}: those that still say something. */
    ThreadDeaths at(Instant now) {
        List<Death> telling = recent.stream()
                .filter(death -> death.at().plus(MEMORY).isAfter(now))
                .toList();
        return telling.isEmpty() ? NONE : new ThreadDeaths(telling, inARow);
    }

    /** Whether one of them had this cause. */
    boolean includes(String cause) {
        return recent.stream().anyMatch(death -> death.cause().equals(cause));
    }

    /**
     * Why not all is counted at {@code now}, in words for an operator.
     *
     * @param running whether all threads run at the moment, which between two deaths they do
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
                                "a counting thread died %d time(s) in the last minute, the last time of: %s",
                                telling.size(),
                                latest.cause()));
    }
}
