package com.threadly.benchmarks.stage;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/** Publishes messages at an even pace, and records when the broker acknowledged each. */
public final class PacedWriter implements AutoCloseable {

    private final CorpusWriter writer;
    private final AtomicLongArray acknowledged;

    PacedWriter(CorpusWriter writer, int messages) {
        this.writer = writer;
        this.acknowledged = new AtomicLongArray(messages);
    }

    /** Publishes all of them at this rate; returns when all are acknowledged. */
    public void write(int perSecond) {
        long step = 1_000_000_000L / perSecond;
        long due = System.nanoTime();
        for (int i = 0; i < acknowledged.length(); i++) {
            int number = i;
            while (due - System.nanoTime() > 0) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            due += step;
            writer.write((_, failure) -> {
                if (failure == null) {
                    acknowledged.set(number, System.nanoTime());
                }
            });
        }
        writer.flush();
    }

    /** When message {@code number} was acknowledged, by {@link System#nanoTime}; 0 if it was not. */
    public long acknowledged(int number) {
        return acknowledged.get(number);
    }

    @Override
    public void close() {
        writer.close();
    }
}
