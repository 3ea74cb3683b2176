package com.threadly.runtime.settings;

import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations in an operator's notation. */
final class Durations {

    static final Duration SHORTEST = Duration.ofMillis(1);
    static final Duration LONGEST = Duration.ofDays(3650);

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");

    /** As nanoseconds, it is still a {@code long}. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private Durations() {}

    /** Refuses what is shorter than {@code least} or longer than {@code most}. */
    static UnaryOperator<Duration> within(String least, String most) {
        Duration shortest = parse(least);
        Duration longest = parse(most);
        if (longest.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("at most " + LONGEST);
        }
        return duration -> {
            if (duration.compareTo(shortest) < 0 || duration.compareTo(longest) > 0) {
                throw new IllegalArgumentException("expected %s to %s".formatted(least, most));
            }
            return duration;
        };
    }

    static Duration parse(String text) {
        Matcher form = FORM.matcher(text.trim());
        if (!form.matches()) {
            throw new IllegalArgumentException("expected a number and a unit, such as 200ms, 30s, 10m, 1h or 7d");
        }
        long amount = Long.parseLong(form.group(1));
        return switch (form.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }
}
