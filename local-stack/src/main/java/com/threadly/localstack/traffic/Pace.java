package com.threadly.localstack.traffic;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** How fast events are published: a fixed rate, catching up after a pause, or as fast as they are accepted. */
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

    /** {@code events} per second on average, from now on. */
    public static Pace perSecond(double events) {
        return perSecond(events, System.nanoTime());
    }

    /** {@code events} per second on average, the first at {@code begin} of {@link System#nanoTime}. */
    public static Pace perSecond(double events, long begin) {
        if (!(events > 0)) {
            throw new IllegalArgumentException("A rate must be more than 0 events per second, not " + events);
        }
        return new Pace(Duration.ofNanos((long) (Duration.ofSeconds(1).toNanos() / events)), begin);
    }

    /** Waits until the next event is due; returns early if the thread is interrupted. */
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
