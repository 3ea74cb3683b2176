package com.threadly.localstack.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ensures that no child outlives this process, no matter how it ends.
 *
 * <p>A small shell process reads from a pipe whose other end only this process holds. When the pipe closes, even by
 * {@code kill -9}, the shell stops every process still guarded: gracefully, and after 10 s by force. Without a POSIX
 * shell, a shutdown hook does what it can.
 */
public final class Watchdog implements AutoCloseable {

    private static final String SCRIPT = """
            trap '' INT HUP TERM
            guarded=
            while read -r act pid signal; do
              kept=
              for each in $guarded; do
                [ "${each%:*}" = "$pid" ] || kept="$kept $each"
              done
              guarded=$kept
              [ "$act" = guard ] && guarded="$guarded $pid:$signal"
            done
            for each in $guarded; do kill -s "${each#*:}" "${each%:*}"; done
            seconds=0
            for each in $guarded; do
              while [ $seconds -lt 10 ] && kill -0 "${each%:*}"; do sleep 1; seconds=$((seconds + 1)); done
              kill -s KILL "${each%:*}"
            done
            """;

    /** A signal that stops a process gracefully. */
    public enum Signal {
        TERM,
        /** PostgreSQL's fast shutdown: TERM would wait until the last client has gone. */
        INT
    }

    private interface Guard extends AutoCloseable {
        void guard(ProcessHandle process, Signal signal);

        void release(ProcessHandle process);

        @Override
        void close();
    }

    private final Guard guard;

    private Watchdog(Guard guard) {
        this.guard = guard;
    }

    public static Watchdog start() {
        return new Watchdog(Shell.isPresent() ? shell() : shutdownHook());
    }

    /** Stops {@code process} with {@code signal} if this process ends first. */
    public void guard(ProcessHandle process, Signal signal) {
        guard.guard(process, signal);
        var _ = process.onExit().thenAccept(guard::release);
    }

    /** Stops what is still guarded. */
    @Override
    public void close() {
        guard.close();
    }

    private static Guard shell() {
        try {
            Process process = new ProcessBuilder(Shell.running(SCRIPT))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new PipeGuard(process, process.outputWriter(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start /bin/sh, which stops the children if this process dies", e);
        }
    }

    private record PipeGuard(Process shell, Writer pipe) implements Guard {

        @Override
        public void guard(ProcessHandle process, Signal signal) {
            send("guard " + process.pid() + " " + signal + "\n");
        }

        @Override
        public void release(ProcessHandle process) {
            send("release " + process.pid() + " -\n");
        }

        private synchronized void send(String line) {
            try {
                pipe.write(line);
                pipe.flush();
            } catch (IOException closed) {
                // Once closed, it guards nothing.
            }
        }

        @Override
        public synchronized void close() {
            try {
                pipe.close();
                shell.waitFor();
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot close the pipe to the watchdog", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Guard shutdownHook() {
        Map<Long, ProcessHandle> guarded = new ConcurrentHashMap<>();
        Runnable stopAll = () -> guarded.values().forEach(ProcessHandle::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(new Thread(stopAll, "watchdog"));
        return new Guard() {
            @Override
            public void guard(ProcessHandle process, Signal signal) {
                guarded.put(process.pid(), process);
            }

            @Override
            public void release(ProcessHandle process) {
                guarded.remove(process.pid());
            }

            @Override
            public void close() {
                stopAll.run();
            }
        };
    }
}
