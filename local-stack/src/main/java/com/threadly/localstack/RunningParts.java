package com.threadly.localstack;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is running, in layers: a layer uses those below. Parts of one layer start and stop in parallel; layers stop from
 * the top.
 */
final class RunningParts implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RunningParts.class);

    private record Part(String name, AutoCloseable handle) {}

    private final Progress progress;
    private final Thread closeAtExit = new Thread(this::closeAll, "stop-the-stack");
    private final Deque<List<Part>> layers = new ArrayDeque<>();
    private boolean closing;
    private int starting;

    RunningParts(Progress progress) {
        this.progress = progress;
    }

    void closeAtExit() {
        Runtime.getRuntime().addShutdownHook(closeAtExit);
    }

    synchronized void beginLayer() {
        layers.push(new ArrayList<>());
    }

    /**
     * Starts a part and adds it to the top layer. None starts once closing has begun; one that is already starting is
     * waited for, so that it is stopped too.
     */
    <T extends AutoCloseable> T start(String name, Supplier<T> start) {
        begin();
        try {
            return add(name, start.get());
        } finally {
            end();
        }
    }

    synchronized <T extends AutoCloseable> T add(String name, T part) {
        layers.element().add(new Part(name, part));
        return part;
    }

    private synchronized void begin() {
        if (closing) {
            throw new IllegalStateException("The stack is stopping");
        }
        starting++;
    }

    private synchronized void end() {
        starting--;
        notifyAll();
    }

    @Override
    public void close() {
        closeAll();
        try {
            Runtime.getRuntime().removeShutdownHook(closeAtExit);
        } catch (IllegalStateException alreadyExiting) {
            // The hook then finds nothing left to close.
        }
    }

    /** One thread at a time: when it returns, everything is closed, no matter by which thread. */
    private void closeAll() {
        awaitStarts();
        synchronized (closeAtExit) {
            for (List<Part> layer = takeTopLayer(); !layer.isEmpty(); layer = takeTopLayer()) {
                closeSideBySide(layer);
            }
        }
    }

    private static void closeSideBySide(List<Part> layer) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            layer.forEach(part -> threads.execute(() -> close(part)));
        }
    }

    private synchronized void awaitStarts() {
        if (!closing) {
            closing = true;
            progress.stops();
        }
        try {
            while (starting > 0) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Empty only when no layer is left. */
    private synchronized List<Part> takeTopLayer() {
        while (!layers.isEmpty()) {
            List<Part> layer = layers.pop();
            if (!layer.isEmpty()) {
                return layer;
            }
        }
        return List.of();
    }

    private static void close(Part part) {
        try {
            part.handle().close();
        } catch (Exception e) {
            // The others must still be stopped.
            log.atWarn().setCause(e).addKeyValue("part", part.name()).log("a part did not stop cleanly");
        }
    }
}
