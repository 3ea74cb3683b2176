package com.threadly.benchmarks.stage;

import com.threadly.benchmarks.stub.Stub;
import com.threadly.benchmarks.stub.StubReport;
import com.threadly.localstack.process.ChildProcess;
import com.threadly.localstack.process.LogTail;
import com.threadly.localstack.process.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** An engine's process, as the operating system sees it. */
public final class RunningEngine implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(20);

    private final ChildProcess process;
    private final Path log;
    private final Stub stub;

    private RunningEngine(ChildProcess process, Path log, Stub stub) {
        this.process = process;
        this.log = log;
        this.stub = stub;
    }

    static RunningEngine launch(Engine engine, Stage stage, CorpusPlan plan) {
        return launch(engine.program(stage, plan), stage);
    }

    static RunningEngine launch(Program program, Stage stage) {
        return new RunningEngine(ChildProcess.start(program, stage.watchdog()), program.log(), stage.stub());
    }

    /** Returns when the stub has received the first message. */
    public void awaitFirstMessage() throws IOException, InterruptedException {
        awaitMessages(1);
    }

    /** Returns when the stub has received this many messages. */
    public void awaitMessages(int wanted) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (stub.report().received() < wanted) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException(String.format(
                        Locale.ROOT,
                        "%s pushed %d of %d messages. Its log, %s, ends with:\n%s",
                        process.name(),
                        stub.report().received(),
                        wanted,
                        log,
                        LogTail.of(log)));
            }
            Thread.sleep(LOOK);
        }
    }

    /** Fails if the engine has ended. */
    void requireAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException(
                    "%s ended. Its log, %s, ends with:\n%s".formatted(process.name(), log, LogTail.of(log)));
        }
    }

    /** For engines that are ready before there is anything to push. */
    public void awaitReady() {
        process.awaitReady(START_LIMIT);
    }

    /** The stub's report, with the engine's cost. */
    public Reading read() throws IOException, InterruptedException {
        Duration cpu = ProcessHandle.of(process.pid())
                .flatMap(handle -> handle.info().totalCpuDuration())
                .orElse(Duration.ZERO);
        return new Reading(stub.report(), cpu, peakMemoryMiB());
    }

    /**
     * What an engine has done and used up to a moment.
     *
     * @param cpu time of all its threads
     * @param peakMiB of its resident memory; 0 if the system does not report it
     */
    public record Reading(StubReport stub, Duration cpu, long peakMiB) {}

    private long peakMemoryMiB() throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")) / 1024)
                .findFirst()
                .orElse(0);
    }

    @Override
    public void close() {
        process.stop(STOP_LIMIT);
    }
}
