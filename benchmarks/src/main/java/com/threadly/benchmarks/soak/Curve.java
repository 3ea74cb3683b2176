package com.threadly.benchmarks.soak;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * One of the vitals over a soak, which is divided into equal parts.
 *
 * @param lowest whether the lowest value of a part counts instead of the highest
 */
public record Curve(String title, ToDoubleFunction<Vitals> value, boolean lowest) {

    /** The lowest value of a part is what remains right after a collection. */
    private static final Curve HEAP = new Curve("heap after a full collection, MiB", Vitals::heap, true);

    private static final Curve THREADS = new Curve("threads", Vitals::threads, false);
    private static final Curve CONNECTIONS = new Curve("connections", Vitals::connections, false);
    private static final Curve FILES = new Curve("open files", Vitals::files, false);
    private static final Curve RESIDENT = new Curve("resident memory, MiB", Vitals::resident, false);
    private static final Curve LAG = new Curve("records behind", Vitals::lag, false);
    private static final Curve RETRIES = new Curve("requests retried so far", Vitals::retries, false);

    public static final List<Curve> DRAWN = List.of(HEAP, THREADS, CONNECTIONS, FILES);
    public static final List<Curve> ALL = List.of(HEAP, RESIDENT, THREADS, CONNECTIONS, FILES, LAG, RETRIES);

    /** One number for each of {@code wanted} parts; fewer if fewer vitals were taken. */
    public List<Double> over(List<Vitals> vitals, int wanted) {
        int parts = Math.min(wanted, vitals.size());
        return IntStream.range(0, parts)
                .mapToObj(part -> vitals.subList(part * vitals.size() / parts, (part + 1) * vitals.size() / parts))
                .map(part -> of(part.stream().mapToDouble(value)))
                .toList();
    }

    private double of(DoubleStream part) {
        return (lowest ? part.min() : part.max()).orElse(0);
    }
}
