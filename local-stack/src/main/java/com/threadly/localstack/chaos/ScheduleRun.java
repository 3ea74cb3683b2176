package com.threadly.localstack.chaos;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Carries a schedule out: each disturbance on a thread of its own, since some take long to end. */
final class ScheduleRun implements AutoCloseable {

    private final Disturber disturber;
    private final Clock clock;
    private final Consumer<String> progress;
    private final Queue<Incident> incidents = new ConcurrentLinkedQueue<>();
    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
    /** On a slow machine, a part may still be starting when it is due again. */
    private final Map<String, ReentrantLock> parts = new ConcurrentHashMap<>();

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private List<Future<?>> running = List.of();

    ScheduleRun(Disturber disturber, Clock clock, Consumer<String> progress) {
        this.disturber = disturber;
        this.clock = clock;
        this.progress = progress;
    }

    /** Begins now, and returns at once. */
    void begin(Schedule schedule) {
        long start = System.nanoTime();
        running = schedule.steps().stream()
                .<Future<?>>map(step -> threads.submit(() -> {
                    take(step, start);
                    return null;
                }))
                .toList();
    }

    private void take(Schedule.Step step, long start) throws InterruptedException {
        awaitAge(step.at(), start);
        ReentrantLock part = parts.computeIfAbsent(step.what().part(), _ -> new ReentrantLock(true));
        part.lock();
        try {
            progress.accept(step.toString());
            Instant begun = clock.instant();
            disturber.begin(step.what()).ifPresent(complaints::add);
            Instant effective = clock.instant();
            Thread.sleep(step.lasts());
            Instant ended = clock.instant();
            disturber.end(step.what());
            incidents.add(new Incident(step.what(), begun, effective, ended, clock.instant()));
        } catch (RuntimeException e) {
            complaints.add(step.what() + ": " + e.getMessage());
        } finally {
            part.unlock();
        }
    }

    private static void awaitAge(Duration age, long start) throws InterruptedException {
        Thread.sleep(Duration.ofNanos(Math.max(0, start + age.toNanos() - System.nanoTime())));
    }

    /** Returns when everything has been put right. */
    void awaitEnd() throws InterruptedException {
        for (Future<?> each : running) {
            try {
                each.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("A disturbance could not be carried out", e.getCause());
            }
        }
    }

    List<Incident> incidents() {
        return List.copyOf(incidents);
    }

    /** What went wrong that must not, such as a process that did not start again. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
