package com.threadly.localstack.check;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A report for people. */
public final class ReportTable {

    private record Column(String head, String value) {
        String pad(String text) {
            return " ".repeat(Math.max(head.length(), value.length()) - text.length()) + text;
        }
    }

    private ReportTable() {}

    /** The table, and below it the first examples of whatever is wrong. */
    public static String of(Report report) {
        List<Column> columns = List.of(
                new Column("events", number(report.events())),
                new Column("pushes", number(report.pushes())),
                new Column("lost", number(report.lost().count())),
                new Column("duplicated", number(report.duplicated().count())),
                new Column("out of order", number(report.outOfOrder().count())),
                new Column("events/s", number(Math.round(report.eventsPerSecond()))),
                new Column("p50", millis(report.p50())),
                new Column("p99", millis(report.p99())));
        return line(columns.stream().map(column -> column.pad(column.head())).toList())
                + line(columns.stream()
                        .map(column -> column.pad(column.value()))
                        .toList())
                + examples("Lost", report.lost())
                + examples("Duplicated", report.duplicated())
                + examples("Out of order", report.outOfOrder())
                + examples("Unexpected", report.unexpected());
    }

    private static String line(List<String> cells) {
        return "  " + String.join("   ", cells) + "\n";
    }

    private static String examples(String head, Finding finding) {
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
