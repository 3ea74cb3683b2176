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
 * What runs, in layers: a layer uses those below. Parts of one layer start and stop side by side; layers stop from the top.
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
     * Starts a part and adds it to the top layer. None begins once all is being stopped; one that has begun by then is waited
     * for, so that it is stopped too.
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
            throw new IllegalStateException("The stack stops");
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
            // Then the hook finds nothing left to close.
        }
    }

    /** By one thread at a time: when it returns, all is closed, whoever did it. */
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
            // The others must be stopped all the same.
            log.atWarn().setCause(e).addKeyValue("part", part.name()).log("a part did not stop cleanly");
        }
    }
}
