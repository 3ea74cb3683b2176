package com.threadly.gateway.http;

import com.threadly.runtime.http.Problem;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Limits the total memory of request bodies, and each body's time to arrive. A body takes memory as its bytes arrive,
 * so an announced length takes none, and releases it when its request ends. When no memory is left, the body that has
 * been arriving longest is cancelled: a legitimate one arrives within milliseconds, a stalled one does not.
 */
final class BodyBudget {

    /** The memory of one body. The thread that reads the body owns it; others only cancel it. */
    final class Lease {

        private final Thread reader = Thread.currentThread();
        private final long since = nanoTime.getAsLong();
        private final List<byte[]> chunks = new ArrayList<>();
        private long held;
        private @Nullable Problem refusal;

        private Lease() {}

        /**
         * Memory for the next bytes that arrive, until {@link #endReading}. What is in it is of no meaning.
         *
         * @throws ProblemException when there is none, or this body has been cancelled
         */
        byte[] takeChunk() {
            lock.lock();
            try {
                while (refusal == null && taken + CHUNK_BYTES > maxBytes) {
                    longestArriving().orElse(this).giveUp(Problem.unavailable(), noMemory);
                }
                if (refusal != null) {
                    throw new ProblemException(refusal);
                }
                taken += CHUNK_BYTES;
                held += CHUNK_BYTES;
                byte[] chunk = spare.isEmpty() ? new byte[CHUNK_BYTES] : spare.pop();
                chunks.add(chunk);
                return chunk;
            } finally {
                lock.unlock();
            }
        }

        /** Ends the read, successful or not; from now on, this body is not cancelled, and has no chunks. */
        void endReading() {
            lock.lock();
            try {
                arriving.remove(this);
                for (byte[] chunk : chunks) {
                    if (taken + (spare.size() + 1L) * CHUNK_BYTES <= maxBytes) {
                        spare.push(chunk);
                    }
                }
                chunks.clear();
                if (refusal != null) {
                    // The interrupt was for the read only.
                    var _ = Thread.interrupted();
                }
            } finally {
                lock.unlock();
            }
        }

        /** Why this body was cancelled during the read. */
        Optional<Problem> refusal() {
            lock.lock();
            try {
                return Optional.ofNullable(refusal);
            } finally {
                lock.unlock();
            }
        }

        /** Releases the memory. */
        void release() {
            lock.lock();
            try {
                arriving.remove(this);
                taken -= held;
                held = 0;
            } finally {
                lock.unlock();
            }
        }

        private void giveUp(Problem problem, Counter counter) {
            refusal = problem;
            counter.increment();
            release();
            reader.interrupt();
        }
    }

    static final int CHUNK_BYTES = 4 * 1024;

    private final long maxBytes;
    private final LongSupplier nanoTime;
    private final Counter late;
    private final Counter noMemory;
    private final ReentrantLock lock = new ReentrantLock();
    /** Bodies being read, in order of start. */
    private final SequencedSet<Lease> arriving = new LinkedHashSet<>();

    /** Used again: bodies that arrive and are cancelled all the time would keep the garbage collector busy. */
    private final Deque<byte[]> spare = new ArrayDeque<>();

    private long taken;

    BodyBudget(long maxBytes, LongSupplier nanoTime, MeterRegistry metrics) {
        this.maxBytes = maxBytes;
        this.nanoTime = nanoTime;
        this.late = metrics.counter("threadly.gateway.bodies.abandoned", "cause", "late");
        this.noMemory = metrics.counter("threadly.gateway.bodies.abandoned", "cause", "no_memory");
    }

    /** Starts a body that the current thread reads. */
    Lease begin() {
        var lease = new Lease();
        lock.lock();
        try {
            arriving.add(lease);
        } finally {
            lock.unlock();
        }
        return lease;
    }

    /** Cancels bodies that have taken longer than {@code maxArrival}, whether stalled or trickling. Call it often. */
    void endLateBodies(Duration maxArrival) {
        lock.lock();
        try {
            long now = nanoTime.getAsLong();
            while (!arriving.isEmpty() && now - arriving.getFirst().since > maxArrival.toNanos()) {
                arriving.getFirst().giveUp(Problem.tooSlow(maxArrival), late);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Only those that hold memory; cancelling others would free none. */
    private Optional<Lease> longestArriving() {
        return arriving.stream().filter(lease -> lease.held > 0).findFirst();
    }
}
