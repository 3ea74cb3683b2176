package com.threadly.localstack.chaos;

import com.threadly.localstack.check.Report;
import com.threadly.localstack.check.ReportTable;
import com.threadly.runtime.TextTable;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What users saw while the stack was disturbed.
 *
 * @param beyond repeats that no guarantee allows
 * @param complaints what did not stop or start again as it must
 */
record ChaosReport(
        List<Incident> incidents,
        Report delivered,
        List<String> beyond,
        long deadLetters,
        Optional<Recovery.Felt> longest,
        List<String> complaints) {

    private static final int EXAMPLES = 5;

    ChaosReport {
        incidents =
                incidents.stream().sorted(Comparator.comparing(Incident::begun)).toList();
        beyond = List.copyOf(beyond);
        complaints = List.copyOf(complaints);
    }

    /** Whether all guarantees held. */
    boolean clean() {
        return delivered.lost().count()
                                + delivered.outOfOrder().count()
                                + delivered.unexpected().count()
                        == 0
                && beyond.isEmpty()
                && complaints.isEmpty();
    }

    /** The table, and below it examples of whatever is wrong. */
    String table() {
        List<List<String>> rows = List.of(
                List.of(
                        "disturbances",
                        "events",
                        "pushes",
                        "lost",
                        "duplicated",
                        "beyond the bound",
                        "out of order",
                        "dead letters",
                        "longest recovery"),
                List.of(
                        number(incidents.size()),
                        number(delivered.events()),
                        number(delivered.pushes()),
                        number(delivered.lost().count()),
                        number(delivered.duplicated().count()),
                        number(beyond.size()),
                        number(delivered.outOfOrder().count()),
                        number(deadLetters),
                        longest.map(felt -> seconds(felt.longest())).orElse("none")));
        return TextTable.lines(rows, TextTable.Alignment.RIGHT, "   ").stream()
                        .map(line -> "  " + line + "\n")
                        .collect(Collectors.joining())
                + longest.map(felt -> "\n  The longest recovery came after: " + felt.what() + "\n")
                        .orElse("")
                + ReportTable.examples("Lost", delivered.lost())
                + ReportTable.examples("Out of order", delivered.outOfOrder())
                + ReportTable.examples("Unexpected", delivered.unexpected())
                + list("Repeated beyond the bound", beyond)
                + list("Did not stop or start as it must", complaints);
    }

    /** What happened and when, and everything that is wrong. */
    String details() {
        return Stream.of(
                        incidents.stream().map(Incident::toString),
                        complaints.stream(),
                        beyond.stream().map(repeat -> "repeated beyond the bound: " + repeat))
                .flatMap(lines -> lines)
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private static String list(String head, List<String> lines) {
        return lines.isEmpty()
                ? ""
                : lines.stream()
                        .limit(EXAMPLES)
                        .map(line -> "    " + line + "\n")
                        .collect(Collectors.joining(
                                "", String.format(Locale.ROOT, "\n  %s: %,d\n", head, lines.size()), ""));
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1e3);
    }
}
