package com.threadly.deadletter.command;

import com.threadly.runtime.TextTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Dead letters counted by topic and reason. */
final class DeadLetterSummary {

    private record Kind(String topic, String reason) {}

    private record Tally(long letters, long redriven, Instant oldest, Instant newest) {

        static Tally of(DeadLetter deadLetter) {
            return new Tally(1, deadLetter.redriven() ? 1 : 0, deadLetter.failedAt(), deadLetter.failedAt());
        }

        Tally plus(Tally other) {
            return new Tally(
                    letters + other.letters,
                    redriven + other.redriven,
                    oldest.isBefore(other.oldest) ? oldest : other.oldest,
                    newest.isAfter(other.newest) ? newest : other.newest);
        }
    }

    private final Map<Kind, Tally> tallies =
            new TreeMap<>(Comparator.comparing(Kind::topic).thenComparing(Kind::reason));

    void add(DeadLetter deadLetter) {
        tallies.merge(
                new Kind(deadLetter.topic(), SafeText.of(deadLetter.reason())), Tally.of(deadLetter), Tally::plus);
    }

    /** A table, or one line when there are none. */
    List<String> lines(Instant now) {
        if (tallies.isEmpty()) {
            return List.of("no dead letters");
        }
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("TOPIC", "REASON", "LETTERS", "REDRIVEN", "OLDEST", "NEWEST"));
        tallies.forEach((kind, tally) -> rows.add(row(kind.topic(), kind.reason(), tally, now)));
        tallies.values().stream().reduce(Tally::plus).ifPresent(all -> rows.add(row("total", "", all, now)));
        return TextTable.lines(rows, TextTable.Alignment.LEFT, "  ");
    }

    private static List<String> row(String topic, String reason, Tally tally, Instant now) {
        return List.of(
                topic,
                reason,
                Long.toString(tally.letters()),
                Long.toString(tally.redriven()),
                Age.of(Duration.between(tally.oldest(), now)),
                Age.of(Duration.between(tally.newest(), now)));
    }
}
