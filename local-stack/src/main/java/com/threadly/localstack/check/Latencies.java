package com.threadly.localstack.check;

import java.time.Duration;
import java.util.Arrays;

/** Every latency: a check is short enough to keep them all. */
final class Latencies {

    private long[] nanos = new long[1024];
    private int size;

    void add(Duration latency) {
        if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, size * 2);
        }
        nanos[size++] = latency.toNanos();
    }

    /** The latency that {@code share} of all do not exceed; zero if there are none. */
    Duration percentile(double share) {
        if (size == 0) {
            return Duration.ZERO;
        }
        Arrays.sort(nanos, 0, size);
        int rank = (int) Math.ceil(share * size);
        return Duration.ofNanos(nanos[Math.max(0, rank - 1)]);
    }
}
