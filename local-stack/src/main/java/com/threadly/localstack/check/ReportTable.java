package com.threadly.localstack.check;

import com.threadly.runtime.TextTable;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A report for people. */
public final class ReportTable {

    private ReportTable() {}

    /** The table, and below it the first examples of whatever is wrong. */
    public static String of(Report report) {
        List<List<String>> rows = List.of(
                List.of("events", "pushes", "lost", "duplicated", "out of order", "events/s", "p50", "p99"),
                List.of(
                        number(report.events()),
                        number(report.pushes()),
                        number(report.lost().count()),
                        number(report.duplicated().count()),
                        number(report.outOfOrder().count()),
                        number(Math.round(report.eventsPerSecond())),
                        millis(report.p50()),
                        millis(report.p99())));
        return TextTable.lines(rows, TextTable.Alignment.RIGHT, "   ").stream()
                        .map(line -> "  " + line + "\n")
                        .collect(Collectors.joining())
                + examples("Lost", report.lost())
                + examples("Duplicated", report.duplicated())
                + examples("Out of order", report.outOfOrder())
                + examples("Unexpected", report.unexpected());
    }

    /** The first examples of a finding; nothing if there are none. */
    public static String examples(String head, Finding finding) {
        return finding.count() == 0
                ? ""
                : finding.examples().stream()
                        .map(example -> "    " + example + "\n")
                        .collect(Collectors.joining(
                                "", "\n  %s: %s, for example\n".formatted(head, number(finding.count())), ""));
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String millis(Duration latency) {
        double millis = latency.toNanos() / 1e6;
        return String.format(Locale.ROOT, millis < 100 ? "%,.1f ms" : "%,.0f ms", millis);
    }
}
