package com.threadly.localstack;

import com.threadly.localstack.process.ChildProcess;
import com.threadly.localstack.process.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;

/** The workers' processes, each started from its own jar. */
final class Workers {

    /** Usually seconds, but minutes on a busy machine. */
    private static final Duration READY_LIMIT = Duration.ofMinutes(5);

    private static final String ADMIN_PORT = "ADMIN_PORT";

    private final StackContext stack;
    private final Map<String, String> settings;
    private final RunningParts running;
    private final StartUp startUp;
    private final Map<Worker, ChildProcess> processes = new ConcurrentHashMap<>();

    /** {@code settings} are environment variables for all of them. */
    Workers(StackContext stack, Map<String, String> settings, RunningParts running, StartUp startUp) {
        this.stack = stack;
        this.settings = settings;
        this.running = running;
        this.startUp = startUp;
    }

    static void requireJars(StackOptions options) {
        Path home = options.home();
        List<Path> missing = options.workers().stream()
                .map(worker -> worker.jar(home))
                .filter(jar -> !Files.exists(jar))
                .toList();
        if (!missing.isEmpty()) {
            throw new IllegalStateException(
                    "Build the project first (mvn package -DskipTests in " + home + "): missing " + missing);
        }
    }

    void startOneOfEach() throws Exception {
        List<FutureTask<ChildProcess>> starts = stack.options().workers().stream()
                .sorted()
                .map(worker -> startUp.inBackground(() -> startUp.step(worker.id(), () -> restart(worker))))
                .toList();
        StartUp.await(starts);
    }

    ChildProcess process(Worker worker) {
        ChildProcess process = processes.get(worker);
        if (process == null) {
            throw new IllegalStateException(worker.id() + " has not been started");
        }
        return process;
    }

    ChildProcess restart(Worker worker) {
        ChildProcess before = processes.get(worker);
        if (before != null && before.isAlive()) {
            throw new IllegalStateException(worker.id() + " is still running");
        }
        ChildProcess process =
                launch(worker, worker.id(), ofTheFirst(worker), stack.options().home());
        processes.put(worker, process);
        return process.awaitReady(READY_LIMIT);
    }

    ChildProcess startAnother(Worker worker, Map<String, String> own) {
        return startAnother(worker, own, stack.options().home());
    }

    ChildProcess startAnother(Worker worker, Map<String, String> own, Path home) {
        return launch(worker, worker.id() + "-" + stack.ports().next(), own, home)
                .awaitReady(READY_LIMIT);
    }

    private ChildProcess launch(Worker worker, String name, Map<String, String> own, Path home) {
        Map<String, String> environment = new HashMap<>(settings);
        environment.put(ADMIN_PORT, Integer.toString(stack.ports().next()));
        environment.putAll(own);
        int adminPort = Integer.parseInt(environment.getOrDefault(ADMIN_PORT, ""));
        environment.putAll(stack.options().settings());
        StackOptions options = stack.options();
        Program program = Program.ofJar(
                name,
                worker.jar(home),
                options.workerJvmOptions(),
                environment,
                stack.folder().log(name),
                adminPort);
        return running.start(name, () -> ChildProcess.start(program, stack.watchdog()));
    }

    /** What only one process per worker can have: a well-known port, and state on disk. */
    private Map<String, String> ofTheFirst(Worker worker) {
        return switch (worker) {
            case GATEWAY ->
                Map.of("HTTP_PORT", Integer.toString(stack.addresses().port(Port.GATEWAY)));
            case PRESENCE_AGGREGATOR ->
                Map.of(
                        "STATE_DIR",
                        stack.folder().of("presence-state").toString(),
                        ADMIN_PORT,
                        Integer.toString(stack.addresses().port(Port.PRESENCE)));
            case NOTIFICATION_WORKER, MESSAGE_FANOUT_WORKER -> Map.of();
        };
    }
}
