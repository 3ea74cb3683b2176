package com.threadly.notification.rebuild;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Periodically prints how many records are done, how fast, and how long the rest will take. */
final class ProgressLine implements AutoCloseable {

    private final PrintWriter out;
    private final boolean terminal;
    private final long begun = System.nanoTime();
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong expected = new AtomicLong();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** On a terminal, one line updated every second; elsewhere, a line every five seconds. */
    ProgressLine(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
        Thread.ofVirtual().name("rebuild-progress").start(this::run);
    }

    void expect(long more) {
        expected.addAndGet(more);
    }

    void done(long more) {
        done.addAndGet(more);
    }

    private void run() {
        try {
            while (!closed.await(terminal ? 1 : 5, TimeUnit.SECONDS)) {
                print();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void print() {
        String line = line(done.get(), expected.get(), Duration.ofNanos(System.nanoTime() - begun));
        if (terminal) {
            out.print("\r" + line + "   ");
        } else {
            out.println(line);
        }
        out.flush();
    }

    static String line(long done, long expected, Duration since) {
        double perSecond = done / Math.max(0.001, since.toMillis() / 1_000.0);
        String left = perSecond < 1
                ? "unknown"
                : String.format(Locale.ROOT, "%,d s", Math.round((expected - done) / perSecond));
        return String.format(
                Locale.ROOT,
                "rebuild: %,d of %,d records, %,d per second, left: %s",
                done,
                expected,
                Math.round(perSecond),
                left);
    }

    @Override
    public void close() {
        closed.countDown();
        print();
        if (terminal) {
            out.println();
            out.flush();
        }
    }
}
