package com.threadly.benchmarks.report;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Lines over time as an SVG: one panel per quantity, one line per name, one colour per name. */
public final class Chart {

    /**
     * One quantity.
     *
     * @param lines by name, each with the same number of points
     */
    public record Panel(String title, SequencedMap<String, List<Double>> lines) {

        private double top() {
            return lines.values().stream()
                    .flatMap(List::stream)
                    .max(Double::compare)
                    .orElse(1.0);
        }
    }

    private static final int WIDTH = 360;
    private static final int HEIGHT = 150;
    private static final int MARGIN = 50;
    private static final int COLUMNS = 2;
    /** Distinguishable for colour-blind readers (Okabe and Ito). */
    private static final List<String> COLOURS = List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7");

    private Chart() {}

    /** {@code time} is the label below each panel, at the right end. */
    public static String svg(List<Panel> panels, String time) {
        int rows = (panels.size() + COLUMNS - 1) / COLUMNS;
        int width = COLUMNS * (WIDTH + MARGIN) + MARGIN;
        int height = rows * (HEIGHT + MARGIN) + MARGIN;
        return String.format(
                Locale.ROOT,
                """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" font-family="sans-serif" font-size="11">
                <rect width="%1$d" height="%2$d" fill="white"/>
                %3$s%4$s</svg>
                """,
                width,
                height,
                legend(panels.getFirst()),
                IntStream.range(0, panels.size())
                        .mapToObj(n -> panel(panels.get(n), n, time))
                        .collect(Collectors.joining()));
    }

    private static String legend(Panel panel) {
        var names = List.copyOf(panel.lines().keySet());
        return IntStream.range(0, names.size())
                .mapToObj(n -> String.format(
                        Locale.ROOT,
                        "<text x=\"%d\" y=\"18\" fill=\"%s\">%s</text>%n",
                        MARGIN + n * 180,
                        COLOURS.get(n % COLOURS.size()),
                        names.get(n)))
                .collect(Collectors.joining());
    }

    private static String panel(Panel panel, int place, String time) {
        int x = MARGIN + place % COLUMNS * (WIDTH + MARGIN);
        int y = MARGIN + place / COLUMNS * (HEIGHT + MARGIN);
        double top = niceTop(panel.top());
        var lines = List.copyOf(panel.lines().entrySet());
        return String.format(
                Locale.ROOT,
                """
                <g transform="translate(%d %d)">
                <text y="-6">%s</text>
                <path d="M0 0V%4$dH%5$d" fill="none" stroke="#888"/>
                <text x="-4" y="8" text-anchor="end">%6$s</text><text x="-4" y="%4$d" text-anchor="end">0</text>
                <text x="%5$d" y="%7$d" text-anchor="end">%8$s</text>
                %9$s</g>
                """,
                x,
                y,
                panel.title(),
                HEIGHT,
                WIDTH,
                Numbers.whole(top),
                HEIGHT + 14,
                time,
                IntStream.range(0, lines.size())
                        .mapToObj(n -> line(lines.get(n), COLOURS.get(n % COLOURS.size()), top))
                        .collect(Collectors.joining()));
    }

    private static String line(Map.Entry<String, List<Double>> line, String colour, double top) {
        List<Double> points = line.getValue();
        String path = IntStream.range(0, points.size())
                .mapToObj(n -> String.format(
                        Locale.ROOT,
                        "%.1f,%.1f",
                        WIDTH * (n + 0.5) / points.size(),
                        HEIGHT * (1 - points.get(n) / top)))
                .collect(Collectors.joining(" "));
        return "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\"/>%n".formatted(path, colour);
    }

    /** The next of 1, 2, 5, 10, 20, 50, … */
    private static double niceTop(double value) {
        double power = Math.pow(10, Math.floor(Math.log10(Math.max(1, value))));
        return Collections.min(List.of(1.0, 2.0, 5.0, 10.0).stream()
                .map(step -> step * power)
                .filter(step -> step >= value)
                .toList());
    }
}
