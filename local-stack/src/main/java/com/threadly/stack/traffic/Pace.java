package com.threadly.stack.traffic;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** How fast events are published: a fixed number a second, catching up after a pause, or as fast as they are taken. */
public final class Pace {

    private final @Nullable Duration gap;
    private long next = System.nanoTime();

    private Pace(@Nullable Duration gap) {
        this.gap = gap;
    }

    /** No waiting. */
    public static Pace unlimited() {
        return new Pace(null);
    }

    /** {@code events} a second on average. */
    public static Pace perSecond(double events) {
        if (!(events > 0)) {
            throw new IllegalArgumentException("A rate is more than 0 events a second, not " + events);
        }
        return new Pace(Duration.ofNanos((long) (Duration.ofSeconds(1).toNanos() / events)));
    }

    /** Waits for the next event's turn; returns early when the thread is interrupted. */
    void await() {
        if (gap == null) {
            return;
        }
        for (long left = next - System.nanoTime(); left > 0; left = next - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
        }
        next += gap.toNanos();
    }
}
