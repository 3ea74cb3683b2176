package com.threadly.benchmarks.soak;

import com.threadly.localstack.LocalStack;
import com.threadly.localstack.Worker;
import com.threadly.localstack.process.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Takes the vitals of every worker every two seconds, on its own thread, until it is closed. Once per part it triggers
 * a full collection first, so that the heap then contains only live objects.
 */
public final class Pulse implements AutoCloseable {

    private static final Duration BETWEEN = Duration.ofSeconds(2);
    /** Twelve samples: each of 40 parts of 20 minutes has one. */
    private static final int SAMPLES_A_COLLECTION = 12;

    private final LocalStack stack;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<Worker, List<Vitals>> taken = new EnumMap<>(Worker.class);
    private final Thread thread = Thread.ofVirtual().name("pulse").unstarted(this::run);

    private Pulse(LocalStack stack) {
        this.stack = stack;
        for (Worker worker : Worker.values()) {
            taken.put(worker, new ArrayList<>());
        }
    }

    public static Pulse of(LocalStack stack) {
        var pulse = new Pulse(stack);
        pulse.thread.start();
        return pulse;
    }

    private void run() {
        try {
            for (int sample = 0; ; sample++) {
                for (Worker worker : Worker.values()) {
                    if (sample % SAMPLES_A_COLLECTION == 0) {
                        collect(stack.process(worker));
                    }
                    note(worker, vitals(stack.process(worker)));
                }
                Thread.sleep(BETWEEN);
            }
        } catch (InterruptedException e) {
            // close() interrupts.
        }
    }

    private Vitals vitals(ChildProcess process) throws InterruptedException {
        try {
            return Vitals.of(process.pid(), process.ready().resolve("/metrics"), http);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void collect(ChildProcess process) throws InterruptedException {
        try {
            var _ = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            Long.toString(process.pid()),
                            "GC.run")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void note(Worker worker, Vitals vitals) {
        taken.getOrDefault(worker, List.of()).add(vitals);
    }

    /** The vitals of {@code worker} so far, in order. */
    public synchronized List<Vitals> of(Worker worker) {
        return List.copyOf(taken.getOrDefault(worker, List.of()));
    }

    @Override
    public void close() {
        thread.interrupt();
        http.close();
    }
}
