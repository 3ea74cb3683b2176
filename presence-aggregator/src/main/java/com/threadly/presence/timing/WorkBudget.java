package com.threadly.presence.timing;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long a thread may work on what is due within a period: all of its tasks together, as they share a transaction.
 * What is left waits for the next period.
 */
public final class WorkBudget {

    private static final class Spent {
        private long periodBegin;
        private long nanos;
    }

    private final long limit;
    private final long period;
    private final LongSupplier nanoTime;
    private final ThreadLocal<Spent> spent = ThreadLocal.withInitial(Spent::new);

    public WorkBudget(Duration limit, Duration period, LongSupplier nanoTime) {
        this.limit = limit.toNanos();
        this.period = period.toNanos();
        this.nanoTime = nanoTime;
    }

    /** Runs what is due up to {@code upTo}; false when time was up before. */
    public boolean run(TimingWheel wheel, long upTo) {
        Spent its = spent.get();
        long begin = nanoTime.getAsLong();
        if (begin - its.periodBegin >= period) {
            its.periodBegin = begin;
            its.nanos = 0;
        }
        long left = limit - its.nanos;
        boolean done = wheel.run(upTo, () -> nanoTime.getAsLong() - begin < left);
        its.nanos += nanoTime.getAsLong() - begin;
        return done;
    }
}
