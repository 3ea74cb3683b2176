package com.threadly.localstack.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.threadly.events.Topics;
import com.threadly.localstack.process.ChildProcess;
import com.threadly.localstack.process.Program;
import com.threadly.localstack.process.Watchdog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The fan-out worker's own jar, in its own process. */
final class WorkerProcess implements AutoCloseable {

    static final String NAME = "message-fanout-worker";
    static final List<String> DEAD_LETTERS =
            List.of(Topics.MESSAGE_EVENTS.deadLetters(NAME), Topics.TYPING_EVENTS.deadLetters(NAME));

    private static final Path HOME = Path.of(System.getProperty("threadly.home", ".."));
    private static final Path JAR = HOME.resolve(NAME).resolve("target").resolve(NAME + ".jar");
    private static final List<String> JVM_OPTIONS =
            List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Program program;
    private final ChildProcess process;

    private WorkerProcess(Program program, Watchdog watchdog) {
        this.program = program;
        try {
            Files.deleteIfExists(program.log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.process = ChildProcess.start(program, watchdog);
    }

    /** Launches it without waiting. */
    static WorkerProcess launch(Map<String, String> environment, Path log, int adminPort, Watchdog watchdog) {
        return new WorkerProcess(Program.ofJar(NAME, JAR, JVM_OPTIONS, environment, log, adminPort), watchdog);
    }

    /** Runs the program with {@code arguments}; returns its standard output. */
    static String run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        return run(0, environment, arguments);
    }

    /** The same of a run that exits with {@code code}. */
    static String run(int code, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(JVM_OPTIONS);
        command.addAll(List.of("-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isEqualTo(code);
        return output;
    }

    WorkerProcess awaitReady() {
        process.awaitReady(LIMIT);
        return this;
    }

    /** Until it reports not ready, with {@code why} among the reasons. */
    void awaitNotReady(String why) {
        await().atMost(LIMIT)
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .untilAsserted(() -> {
                    HttpResponse<String> answer = get(program.ready());
                    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
                    assertThat(answer.body()).contains(why);
                });
    }

    /** The sum of a metric's samples. */
    double metric(String name) {
        return sum(line -> line.startsWith(name + " ") || line.startsWith(name + "{"));
    }

    /**
     * The sum of the samples of a metric with a label, given as in {@code name{label="x"}}, whatever their other
     * labels.
     */
    double sample(String nameAndLabel) {
        int brace = nameAndLabel.indexOf('{');
        return sum(line -> line.startsWith(nameAndLabel.substring(0, brace + 1))
                && line.contains(nameAndLabel.substring(brace + 1)));
    }

    private double sum(Predicate<String> wanted) {
        return get(program.ready().resolve("/metrics"))
                .body()
                .lines()
                .filter(wanted)
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static HttpResponse<String> get(URI address) {
        try {
            return HTTP.send(HttpRequest.newBuilder(address).timeout(LIMIT).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    String log() {
        try {
            return Files.readString(program.log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void kill() {
        process.kill();
    }

    /** It stands still, and does not know, until {@link #thaw}. */
    void freeze() {
        process.freeze();
    }

    void thaw() {
        process.thaw();
    }

    /** SIGTERM; it must end well. */
    void stop() {
        process.stop(LIMIT);
        assertThat(process.exitCode()).as(log()).hasValue(0);
    }

    int awaitExit() {
        await().atMost(LIMIT).until(() -> !process.isAlive());
        return process.exitCode().orElseThrow();
    }

    @Override
    public void close() {
        process.close();
    }
}
