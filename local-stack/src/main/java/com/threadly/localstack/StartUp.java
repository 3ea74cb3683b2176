package com.threadly.localstack;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/** Starts parts in parallel, keeps what is running, and reports progress. */
final class StartUp {

    /** How often a slow start is reported. */
    private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(15);

    private final RunningParts running;
    private final Progress progress;

    StartUp(RunningParts running, Progress progress) {
        this.running = running;
        this.progress = progress;
    }

    /** Starts a part on a virtual thread and keeps it. */
    <T extends AutoCloseable> FutureTask<T> part(String name, Supplier<T> start) {
        return inBackground(() -> step(name, () -> running.start(name, start)));
    }

    /** Runs {@code work} on a virtual thread. */
    <T> FutureTask<T> inBackground(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofVirtual().name("start").start(task);
        return task;
    }

    /** Runs {@code work} and reports the result. */
    <T> T step(String name, Callable<T> work) throws Exception {
        progress.starts(name);
        long began = System.nanoTime();
        Thread waiting = Thread.ofVirtual().name("waiting").start(() -> reportWaiting(name, began));
        try {
            T result = work.call();
            progress.ready(name, Duration.ofNanos(System.nanoTime() - began));
            return result;
        } catch (Exception e) {
            progress.failed(name);
            throw e;
        } finally {
            waiting.interrupt();
        }
    }

    private void reportWaiting(String name, long began) {
        try {
            while (true) {
                Thread.sleep(BETWEEN_REPORTS);
                progress.waits(name, Duration.ofNanos(System.nanoTime() - began));
            }
        } catch (InterruptedException e) {
            // The part is ready, or will never be.
        }
    }

    /** Waits for all, and throws the first failure in their order. */
    static void await(List<? extends FutureTask<?>> starts) throws Exception {
        try {
            for (FutureTask<?> start : starts) {
                start.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
