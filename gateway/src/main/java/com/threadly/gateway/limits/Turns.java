package com.threadly.gateway.limits;

import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets few requests run at a time, so that all others find the processors and the database free. Of those that wait,
 * the one with the least weight is next, whoever came first: nobody stands in a queue behind those who use up their
 * limits.
 */
public final class Turns {

    /** What a turn ends with. */
    public interface Turn extends AutoCloseable {

        /** Of a request that needs none. */
        Turn NOT_NEEDED = () -> {};

        @Override
        void close();
    }

    /** Longer than that, a browser would rather repeat its request. */
    public static final Duration MAX_WAIT = Duration.ofSeconds(1);

    private record Waiting(long weight, long number, Condition called) {}

    private static final Comparator<Waiting> LIGHTEST_FIRST =
            Comparator.comparingLong(Waiting::weight).thenComparingLong(Waiting::number);

    private final ReentrantLock lock = new ReentrantLock();
    private final SortedSet<Waiting> queue = new TreeSet<>(LIGHTEST_FIRST);
    private final Duration maxWait;
    private int free;
    private long numbers;

    /**
     * Turns of which {@code atOnce} are taken at a time.
     *
     * @param maxWait how long a request waits for one
     */
    public Turns(int atOnce, Duration maxWait) {
        this.free = atOnce;
        this.maxWait = maxWait;
    }

    /** So many that they take a quarter of {@code connections} at most. */
    public static Turns besideOthers(int connections) {
        return new Turns(Math.max(1, connections / 4), MAX_WAIT);
    }

    /**
     * Waits for a turn.
     *
     * @param weight such as how much of their limit the caller has used up
     * @return empty when others were first for too long
     */
    public Optional<Turn> await(long weight) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            var self = new Waiting(weight, numbers++, lock.newCondition());
            queue.add(self);
            try {
                long left = maxWait.toNanos();
                while (free == 0 || !queue.first().equals(self)) {
                    if (left <= 0) {
                        return Optional.empty();
                    }
                    left = self.called().awaitNanos(left);
                }
                free--;
                return Optional.of(this::end);
            } finally {
                queue.remove(self);
                callNext();
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many wait. */
    int waiting() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            free++;
            callNext();
        } finally {
            lock.unlock();
        }
    }

    private void callNext() {
        if (free > 0 && !queue.isEmpty()) {
            queue.first().called().signal();
        }
    }
}
