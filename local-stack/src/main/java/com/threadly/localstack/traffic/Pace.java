package com.threadly.localstack.traffic;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** How fast events are published: a fixed number a second, catching up after a pause, or as fast as they are taken. */
public final class Pace {

    private final @Nullable Duration gap;
    private long next;

    private Pace(@Nullable Duration gap, long next) {
        this.gap = gap;
        this.next = next;
    }

    /** No waiting. */
    public static Pace unlimited() {
        return new Pace(null, 0);
    }

    /** {@code events} a second on average, from now on. */
    public static Pace perSecond(double events) {
        return perSecond(events, System.nanoTime());
    }

    /** {@code events} a second on average, the first at {@code begin} of {@link System#nanoTime}. */
    public static Pace perSecond(double events, long begin) {
        if (!(events > 0)) {
            throw new IllegalArgumentException("A rate is more than 0 events a second, not " + events);
        }
        return new Pace(Duration.ofNanos((long) (Duration.ofSeconds(1).toNanos() / events)), begin);
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
