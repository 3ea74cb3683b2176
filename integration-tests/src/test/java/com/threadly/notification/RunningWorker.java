package com.threadly.notification;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.localstack.process.ChildProcess;
import com.threadly.localstack.process.LogTail;
import com.threadly.localstack.process.Program;
import com.threadly.localstack.testing.Servers;
import com.threadly.pusherserver.PusherApp;
import com.threadly.pusherserver.PusherServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The notification worker's own jar, in its own process. */
final class RunningWorker implements AutoCloseable {

    static final PusherApp APP = new PusherApp("threadly", "a-key", "a-secret-that-nobody-may-print");

    private static final Path HOME = Path.of(System.getProperty("threadly.home", ".."));
    private static final Path JAR = HOME.resolve("notification-worker/target/notification-worker.jar");
    private static final List<String> JVM_OPTIONS =
            List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Program program;
    private final ChildProcess process;

    private RunningWorker(Program program, Servers servers) {
        this.program = program;
        this.process = ChildProcess.start(program, servers.watchdog());
    }

    /** Launches it without waiting. */
    static RunningWorker launch(Servers servers, InboxFixture inbox, PusherServer pusher) {
        return launch(servers, inbox, pusher, Map.of());
    }

    /** Launches it with {@code settings} in addition to those of the servers, without waiting. */
    static RunningWorker launch(
            Servers servers, InboxFixture inbox, PusherServer pusher, Map<String, String> settings) {
        int adminPort = servers.ports().next();
        var environment = new HashMap<>(environment(servers, inbox, pusher));
        environment.putAll(Map.of("ADMIN_HOST", "127.0.0.1", "ADMIN_PORT", Integer.toString(adminPort)));
        environment.putAll(settings);
        Path log = servers.log("notification-worker");
        return new RunningWorker(
                Program.ofJar("notification-worker", JAR, JVM_OPTIONS, environment, log, adminPort), servers);
    }

    /** Its program with {@code arguments}, such as a command; standard error is part of its output. */
    static ProcessBuilder command(Servers servers, InboxFixture inbox, PusherServer pusher, List<String> arguments) {
        var builder = new ProcessBuilder(Stream.of(
                        List.of(Path.of(System.getProperty("java.home"), "bin", "java")
                                .toString()),
                        JVM_OPTIONS,
                        List.of("-jar", JAR.toString()),
                        arguments)
                .flatMap(List::stream)
                .toList());
        builder.environment().putAll(environment(servers, inbox, pusher));
        return builder.redirectErrorStream(true);
    }

    private static Map<String, String> environment(Servers servers, InboxFixture inbox, PusherServer pusher) {
        var environment = new HashMap<>(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", servers.kafka(),
                "SCHEMA_REGISTRY_URL", servers.registry().toString(),
                "DATABASE_URL", inbox.url(),
                "DATABASE_USER", servers.database().user(),
                "DATABASE_PASSWORD", servers.database().password(),
                "PUSHER_APP_ID", APP.id(),
                "PUSHER_KEY", APP.key(),
                "PUSHER_SECRET", APP.secret(),
                "PUSHER_HOST", pusher.host() + ":" + pusher.port(),
                "PUSHER_TLS", "false"));
        // Tests publish before they launch a worker, too.
        environment.put("START_AT", "earliest");
        // The sample events have fixed times, and few users.
        environment.put("NOTIFICATION_RETENTION", "36500d");
        environment.put("INBOX_MAX_ROWS", "1000000");
        return environment;
    }

    RunningWorker awaitReady() {
        process.awaitReady(LIMIT);
        return this;
    }

    /** Why it is not ready; empty if it is. */
    String trouble() throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            var answer = http.send(
                    HttpRequest.newBuilder(program.ready()).timeout(LIMIT).build(), BodyHandlers.ofString());
            return answer.statusCode() == 200 ? "" : answer.body();
        }
    }

    /** Kills it. */
    void kill() {
        process.kill();
    }

    /** Stops it with SIGTERM; it must exit with 0. */
    void stop() {
        process.stop(LIMIT);
        assertThat(process.exitCode()).as(LogTail.of(program.log())).hasValue(0);
    }

    String log() {
        try {
            return Files.readString(program.log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
