package com.threadly.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.events.TopicReader;
import com.threadly.runtime.settings.Setting;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class DeployableTest {

    private static final Setting<String> FAULT = Setting.text("FAULT", "The kind of failure.");

    @ParameterizedTest
    @ValueSource(strings = {"reported", "error on any thread", "exception on a thread of ours"})
    void aFaultOnAnotherThreadStopsTheServiceAndEndsTheProcessWithOne(String fault) throws Exception {
        Process process = faulty(fault).redirectErrorStream(true).start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(output).isEqualTo(1);
            assertThat(output).contains("a fault for the test", "the service has stopped");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aSignalDuringTheStartIsACleanStop() throws Exception {
        Process process = faulty("slow start").redirectErrorStream(true).start();
        try (var output = process.inputReader()) {
            String line = output.readLine();
            while (line != null && !line.contains("wiring")) {
                line = output.readLine();
            }
            // Unlike the process itself, its handle leaves the output open.
            process.toHandle().destroy();

            String rest = output.lines().collect(Collectors.joining("\n"));
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(rest).isZero();
            assertThat(rest).contains("stopping faulty").doesNotContain("the service has stopped");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aServiceLogsToStandardOutput(@TempDir Path folder) throws Exception {
        Path err = folder.resolve("err");
        Process process = faulty("reported").redirectError(err.toFile()).start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(output).contains("starting faulty", "faulty started", "a fault for the test");
            assertThat(err).content().doesNotContain("faulty", "fault for the test");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void saysItsVersionAndSoDoesEachOfItsCommands() {
        var output = new StringWriter();
        var line =
                new CommandLine(new Probe()).addSubcommand("part", new Probe()).setOut(new PrintWriter(output, true));

        int code =
                new Build(Optional.empty(), Optional.of("1.2.3")).shownBy(line).execute("part", "--version");

        assertThat(code).isZero();
        assertThat(output).hasToString("probe 1.2.3" + System.lineSeparator());
    }

    private static ProcessBuilder faulty(String fault) {
        var builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Faulty.class.getName());
        builder.environment().put("ADMIN_PORT", "0");
        builder.environment().put("ADMIN_HOST", "127.0.0.1");
        builder.environment().put("FAULT", fault);
        return builder;
    }

    @Command(name = "probe", mixinStandardHelpOptions = true)
    static final class Probe {}

    /** A deployable with a failure on one of its threads. */
    static final class Faulty {

        public static void main(String[] args) {
            Deployable.main(new TopicReader("faulty", List.of()), List.of(), args, Faulty::wire);
        }

        private static Service wire(Context context) {
            String fault = context.settings().get(FAULT);
            context.settings().verify();
            if (fault.equals("slow start")) {
                awaitTheSignal();
            }
            return new Service() {

                private final CountDownLatch stopped = new CountDownLatch(1);

                @Override
                public void run() throws InterruptedException {
                    goWrong(fault, context);
                    stopped.await();
                    System.out.println("the service has stopped");
                }

                @Override
                public void stop() {
                    stopped.countDown();
                }
            };
        }

        /** Until the hook of the signal runs: no hook can be added any more. */
        private static void awaitTheSignal() {
            System.out.println("wiring");
            Awaitility.await().forever().until(() -> {
                try {
                    var hook = new Thread();
                    Runtime.getRuntime().addShutdownHook(hook);
                    Runtime.getRuntime().removeShutdownHook(hook);
                    return false;
                } catch (IllegalStateException e) {
                    return true;
                }
            });
        }

        private static void goWrong(String fault, Context context) {
            switch (fault) {
                case "reported" -> context.fail(new IllegalStateException("a fault for the test"));
                case "error on any thread" ->
                    Thread.startVirtualThread(() -> {
                        throw new StackOverflowError("a fault for the test");
                    });
                default ->
                    context.threads("ours")
                            .newThread(() -> {
                                throw new IllegalStateException("a fault for the test");
                            })
                            .start();
            }
        }
    }
}
