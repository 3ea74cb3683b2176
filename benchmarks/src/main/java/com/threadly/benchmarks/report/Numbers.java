package com.threadly.benchmarks.report;

import java.util.List;
import java.util.Locale;

/** Numbers formatted for tables. */
public final class Numbers {

    private Numbers() {}

    /** The median; for an even count, the mean of the two in the middle. */
    public static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** Rounded, with thousands separators. */
    public static String whole(double value) {
        return String.format(Locale.ROOT, "%,d", Math.round(value));
    }

    public static String oneDecimal(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    public static String twoDecimals(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
