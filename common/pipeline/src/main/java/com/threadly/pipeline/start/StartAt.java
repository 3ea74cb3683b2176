package com.threadly.pipeline.start;

import java.time.Instant;
import java.time.format.DateTimeParseException;

/** From when on a topic is pushed whose records nobody has handled yet. */
public sealed interface StartAt {

    /** What is published from now on. */
    record Now() implements StartAt {}

    /** Everything that the topic holds. */
    record Earliest() implements StartAt {}

    /** What was published at {@code time} or later. */
    record Time(Instant time) implements StartAt {}

    /** As an operator writes it. */
    static StartAt parse(String text) {
        return switch (text) {
            case "now" -> new Now();
            case "earliest" -> new Earliest();
            default -> new Time(time(text));
        };
    }

    /** Always the same moment, however late it is asked about: {@code now}, where this says so. */
    default StartAt asOf(Instant now) {
        return this instanceof Now ? new Time(now) : this;
    }

    /** As an operator would write it. */
    default String text() {
        return switch (this) {
            case Now() -> "now";
            case Earliest() -> "earliest";
            case Time(Instant time) -> time.toString();
        };
    }

    private static Instant time(String text) {
        try {
            Instant time = Instant.parse(text);
            if (time.isBefore(Instant.EPOCH)) {
                throw new IllegalArgumentException("expected a time after 1970");
            }
            return time;
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("expected now, earliest, or a time such as 2026-01-31T00:00:00Z", e);
        }
    }
}
