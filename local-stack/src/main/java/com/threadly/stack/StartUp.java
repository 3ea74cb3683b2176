package com.threadly.stack;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/** Starts parts side by side, keeps what runs, and tells of it. */
final class StartUp {

    private final RunningParts running;
    private final Progress progress;

    StartUp(RunningParts running, Progress progress) {
        this.running = running;
        this.progress = progress;
    }

    /** Starts a part on a virtual thread and keeps it among what runs. */
    <T extends AutoCloseable> FutureTask<T> part(String name, Supplier<T> start) {
        return inBackground(() -> step(name, () -> running.start(name, start)));
    }

    /** Does {@code work} on a virtual thread. */
    <T> FutureTask<T> inBackground(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofVirtual().name("start").start(task);
        return task;
    }

    /** Does {@code work} and tells how it went. */
    <T> T step(String name, Callable<T> work) throws Exception {
        progress.starts(name);
        long began = System.nanoTime();
        try {
            T result = work.call();
            progress.ready(name, Duration.ofNanos(System.nanoTime() - began));
            return result;
        } catch (Exception e) {
            progress.failed(name);
            throw e;
        }
    }

    /** Waits for every one, and throws the first failure in their order. */
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
