package com.threadly.localstack.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** A running {@link Program}. */
public final class ChildProcess implements AutoCloseable {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private final Program program;
    private final Process process;
    private boolean frozen;

    private ChildProcess(Program program, Process process) {
        this.program = program;
        this.process = process;
    }

    /** Starts {@code program} and returns at once. */
    public static ChildProcess start(Program program, Watchdog watchdog) {
        ProcessBuilder builder = new ProcessBuilder(program.commandLine())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Shell.NOTHING))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(program.log().toFile()));
        builder.environment().keySet().removeIf(Program::namesAnotherSystem);
        builder.environment().putAll(program.environment());
        try {
            Files.createDirectories(program.log().toAbsolutePath().getParent());
            Process process = builder.start();
            watchdog.guard(process.toHandle(), Watchdog.Signal.TERM);
            return new ChildProcess(program, process);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + program.name() + ": " + builder.command(), e);
        }
    }

    /** Returns when the program is ready; fails if it exits, or is not ready within {@code limit}. */
    public ChildProcess awaitReady(Duration limit) {
        Readiness readiness = new Readiness(program.ready(), process::isAlive);
        switch (readiness.await(limit)) {
            case READY -> {}
            case ENDED -> throw failure("ended with exit code " + process.exitValue() + " before it was ready");
            case LATE -> {
                kill();
                throw failure("was not ready within " + limit.toSeconds() + " s");
            }
        }
        return this;
    }

    private IllegalStateException failure(String what) {
        Path log = program.log();
        String cause = LogTail.cause(log).map(line -> ": " + line).orElse("");
        return new IllegalStateException(
                "%s %s%s%nIts log, %s, ends with:%n%s".formatted(program.name(), what, cause, log, LogTail.of(log)));
    }

    public String name() {
        return program.name();
    }

    public URI ready() {
        return program.ready();
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** How it ended, if it has: 0 for a clean stop, 128 plus the signal's number if a signal ended it. */
    public OptionalInt exitCode() {
        return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
    }

    /** Stops it (SIGTERM), waits, and kills it after {@code limit}. */
    public void stop(Duration limit) {
        process.destroy();
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Kills it without warning (SIGKILL), like a crash. */
    public void kill() {
        process.destroyForcibly();
        try {
            // Not onExit(): it needs a thread of the common pool, which may have only one: ours.
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets it stand still (SIGSTOP), as a paused machine would, until {@link #thaw}. */
    public void freeze() {
        frozen = true;
        signal("STOP");
    }

    /** Lets it go on (SIGCONT). */
    public void thaw() {
        signal("CONT");
        frozen = false;
    }

    private void signal(String name) {
        try {
            Process kill = new ProcessBuilder("kill", "-s", name, Long.toString(pid()))
                    .inheritIO()
                    .start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("kill -s " + name + " " + pid() + " failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        if (frozen && isAlive()) {
            thaw();
        }
        stop(STOP_LIMIT);
    }
}
