package com.threadly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.threadly.localstack.Worker;
import com.threadly.localstack.process.ChildProcess;
import com.threadly.localstack.process.Program;
import com.threadly.localstack.testing.Servers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No secret in a setting is ever printed, logged or returned, however wrong the setting is. */
@ExtendWith(Servers.Extension.class)
class SecretsIT {

    private static final Path HOME = Path.of(System.getProperty("threadly.home", ".."));
    private static final List<String> JVM_OPTIONS =
            List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String SECRET = "Xyzzy";

    /** No setting of ours or of Kafka's clients accepts it, and it has a secret wherever a URI can have one. */
    private static final String WRONG = "no such://ana:Xyzzy/1@host:Xyzzy2@broker:port/path?user=ana&password=Xyzzy3"
            + "&sslpassword=Xyzzy4;api_key=Xyzzy5 clientSecret=\"Xyzzy6\" ,bob:Xyzzy7@broker";

    @ParameterizedTest
    @EnumSource
    void staySecretWhenEverySettingIsWrong(Worker worker, Servers servers) throws Exception {
        Map<String, String> environment = Stream.concat(
                        settings(worker),
                        Stream.concat(ConsumerConfig.configNames().stream(), ProducerConfig.configNames().stream())
                                .map(name ->
                                        "KAFKA_" + name.toUpperCase(Locale.ROOT).replace('.', '_')))
                .distinct()
                // Logback reads these before our code runs.
                .filter(name -> !name.startsWith("LOG_"))
                .collect(Collectors.toMap(name -> name, _ -> WRONG));
        Path log = servers.log("secrets-" + worker.id());

        try (ChildProcess process = start(worker, environment, log, 1, servers)) {
            await().atMost(LIMIT).until(() -> !process.isAlive());

            assertThat(process.exitCode()).as(read(log)).hasValue(2);
            assertThat(read(log)).contains("KAFKA_BOOTSTRAP_SERVERS=").doesNotContain(SECRET);
        }
    }

    @ParameterizedTest
    @EnumSource
    void staySecretWhileNothingCanBeReached(Worker worker, Servers servers) throws Exception {
        try (Running text = unreachable(worker, "text", servers);
                Running json = unreachable(worker, "json", servers)) {
            for (Running running : List.of(text, json)) {
                String health = running.awaitNotReady();
                if (worker == Worker.GATEWAY) {
                    var _ = running.ask("/v1/notifications");
                }
                String metrics = Running.get(running.admin, "/metrics");
                running.process.stop(LIMIT);

                assertThat(health + metrics + read(running.log)).doesNotContain(SECRET);
                assertThat(read(running.log)).contains("starting " + worker.id());
            }
        }
    }

    /** All settings are valid, with secrets wherever possible, and no server is running. */
    private static Running unreachable(Worker worker, String format, Servers servers) {
        int admin = servers.ports().next();
        int http = servers.ports().next();
        String nobody = "127.0.0.1:" + servers.ports().next();
        var environment = new HashMap<>(Map.of(
                "LOG_FORMAT", format,
                "LOG_LEVEL", "DEBUG",
                "LOG_LEVEL_KAFKA", "DEBUG",
                "ADMIN_HOST", "127.0.0.1",
                "ADMIN_PORT", Integer.toString(admin),
                "HTTP_HOST", "127.0.0.1",
                "HTTP_PORT", Integer.toString(http)));
        environment.putAll(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", nobody,
                "KAFKA_SECURITY_PROTOCOL", "SASL_PLAINTEXT",
                "KAFKA_SASL_MECHANISM", "PLAIN",
                "KAFKA_SASL_JAAS_CONFIG",
                        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"ana\""
                                + " password=\"Xyzzy1\";",
                "KAFKA_SSL_KEY_PASSWORD", "Xyzzy2",
                "KAFKA_SSL_KEYSTORE_PASSWORD", "Xyzzy3",
                "KAFKA_SSL_TRUSTSTORE_PASSWORD", "Xyzzy4",
                "KAFKA_SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL", "https://ana:Xyzzy5@" + nobody + "/token?secret=Xyzzy6"));
        environment.putAll(Map.of(
                "SCHEMA_REGISTRY_URL", "http://ana:Xyzzy7@%1$s,http://Xyzzy8@%1$s/?token=Xyzzy9".formatted(nobody),
                "PUSHER_APP_ID", "app",
                "PUSHER_KEY", "key",
                "PUSHER_SECRET", "Xyzzy10",
                "PUSHER_HOST", nobody,
                "DATABASE_URL",
                        "jdbc:postgresql://ana:Xyzzy11@%s/db?password=Xyzzy12&sslpassword=Xyzzy13".formatted(nobody),
                "DATABASE_PASSWORD", "Xyzzy14"));
        environment.putAll(Map.of(
                "AUTH_JWKS_URL", "https://ana:Xyzzy15@%s/keys?api_key=Xyzzy16".formatted(nobody),
                "AUTH_ISSUER", "https://ana:Xyzzy17@issuer",
                "AUTH_AUDIENCE", "threadly",
                "PRESENCE_URL", "http://ana:Xyzzy18@" + nobody,
                "PUSHER_WEBHOOK_KEYS", "other:Xyzzy19"));
        Path log = servers.log("secrets-%s-%s".formatted(worker.id(), format));
        return new Running(start(worker, environment, log, admin, servers), admin, http, log);
    }

    private static ChildProcess start(
            Worker worker, Map<String, String> environment, Path log, int adminPort, Servers servers) {
        try {
            Files.deleteIfExists(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ChildProcess.start(
                Program.ofJar(worker.id(), jar(worker), JVM_OPTIONS, environment, log, adminPort), servers.watchdog());
    }

    /** The names of all settings, as the program itself prints them. */
    private static Stream<String> settings(Worker worker) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java, "-XX:TieredStopAtLevel=1", "-jar", jar(worker).toString(), "settings")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String table = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return Arrays.stream(table.split("\n"))
                .filter(row -> row.startsWith("| `") && !row.contains("*`"))
                .map(row -> row.substring(3, row.indexOf('`', 3)));
    }

    private static Path jar(Worker worker) {
        return HOME.resolve(worker.id()).resolve("target").resolve(worker.id() + ".jar");
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Running(ChildProcess process, int admin, int http, Path log) implements AutoCloseable {

        /** Until everything that it waits for gives a reason. */
        String awaitNotReady() {
            return await().atMost(LIMIT)
                    .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                    .until(
                            () -> get(admin, "/health/ready"),
                            answer -> answer.contains("DOWN") && !answer.contains("has not been reached yet"));
        }

        /** As a browser would, with a token that the issuer may have signed. */
        String ask(String path) {
            return await().atMost(LIMIT)
                    .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                    .until(() -> get(http, path), answer -> true);
        }

        private static String get(int port, String path) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .timeout(LIMIT)
                    .header("Authorization", "Bearer eyJhbGciOiJSUzI1NiIsImtpZCI6ImEifQ.eyJzdWIiOiJhbmEifQ.c2lnbmVk")
                    .build();
            try (HttpClient client = HttpClient.newHttpClient()) {
                return client.send(request, BodyHandlers.ofString()).body();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            process.kill();
        }
    }
}
