package com.threadly.benchmarks.stub;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Properties;

/**
 * The stub's report at one moment.
 *
 * @param requests pushes, of one event or of a batch
 * @param received events in them
 * @param hot events of conversation 0
 * @param late events that arrived after a later one of their conversation, or a second time
 * @param missed events that had not arrived when a later one of their conversation did
 * @param last when the last request arrived, by {@link System#nanoTime} of the machine
 * @param now when this was written, by the same clock
 */
public record StubReport(long requests, long received, long hot, long late, long missed, long last, long now) {

    /** Whether every conversation's events arrived in order and once. */
    public boolean inOrderAndOnce() {
        return late == 0 && missed == 0;
    }

    /** Events per second between {@code earlier} and this. */
    public double rateSince(StubReport earlier) {
        return (received - earlier.received) / secondsSince(earlier);
    }

    public double hotRateSince(StubReport earlier) {
        return (hot - earlier.hot) / secondsSince(earlier);
    }

    /** Events per request between {@code earlier} and this. */
    public double batchSince(StubReport earlier) {
        return (double) (received - earlier.received) / Math.max(1, requests - earlier.requests);
    }

    /** Up to the last request if nothing more was to come. */
    private double secondsSince(StubReport earlier) {
        boolean ended = now - last > 1_000_000_000L;
        return ((ended ? last : now) - earlier.now) / 1e9;
    }

    String asProperties() {
        return String.format(
                Locale.ROOT,
                "requests=%d\nreceived=%d\nhot=%d\nlate=%d\nmissed=%d\nlast=%d\nnow=%d\n",
                requests,
                received,
                hot,
                late,
                missed,
                last,
                now);
    }

    static StubReport of(String text) {
        var properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new StubReport(
                number(properties, "requests"),
                number(properties, "received"),
                number(properties, "hot"),
                number(properties, "late"),
                number(properties, "missed"),
                number(properties, "last"),
                number(properties, "now"));
    }

    private static long number(Properties properties, String name) {
        return Long.parseLong(properties.getProperty(name));
    }
}
