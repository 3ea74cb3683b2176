package com.threadly.localstack.servers;

import com.threadly.localstack.process.ChildProcess;
import com.threadly.localstack.process.FreePorts;
import com.threadly.localstack.process.Program;
import com.threadly.localstack.process.Watchdog;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The real Apicurio Registry, as a separate process, with Confluent's REST API. */
public final class SchemaRegistry implements AutoCloseable {

    /** Usually seconds, but minutes on a busy machine. */
    private static final Duration READY_LIMIT = Duration.ofMinutes(5);

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

    /** It is small and short-lived: with the first compiler alone it starts in two thirds of the time. */
    private static final List<String> JVM_OPTIONS =
            List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");

    private final Program program;
    private final Watchdog watchdog;
    private final URI url;
    private ChildProcess process;

    private SchemaRegistry(Program program, Watchdog watchdog, URI url) {
        this.program = program;
        this.watchdog = watchdog;
        this.url = url;
        this.process = ChildProcess.start(program, watchdog);
    }

    /**
     * Starts the registry that the build unpacked into {@code program}, with its schemas in {@code folder}; existing
     * ones are served again. Every subject must stay FULL_TRANSITIVE compatible.
     */
    public static SchemaRegistry start(Path program, Path folder, int port, Path log, Watchdog watchdog) {
        Path jar = program.resolve("quarkus-run.jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException("No schema registry at " + jar + ". Build local-stack first: "
                    + "mvn -pl local-stack -am package -DskipTests");
        }
        FreePorts.requireFree(port, "the schema registry");
        URI url = URI.create("http://127.0.0.1:" + port + "/apis/ccompat/v7");
        SchemaRegistry registry = new SchemaRegistry(
                new Program(
                        "schema registry",
                        JVM_OPTIONS,
                        List.of("-jar", jar.toString()),
                        environment(folder, port),
                        log,
                        URI.create(url + "/subjects")),
                watchdog,
                url);
        try {
            registry.process.awaitReady(READY_LIMIT);
            registry.demandCompatibility();
        } catch (RuntimeException e) {
            registry.close();
            throw e;
        }
        return registry;
    }

    private static Map<String, String> environment(Path folder, int port) {
        return Map.of(
                "QUARKUS_HTTP_HOST", "127.0.0.1",
                "QUARKUS_HTTP_PORT", Integer.toString(port),
                "QUARKUS_MANAGEMENT_HOST", "127.0.0.1",
                "QUARKUS_MANAGEMENT_PORT", "0",
                "QUARKUS_HTTP_ACCESS_LOG_ENABLED", "false",
                "QUARKUS_BANNER_ENABLED", "false",
                "QUARKUS_LOG_LEVEL", "WARN",
                "APICURIO_LOG_LEVEL", "WARN",
                "APICURIO_DATASOURCE_URL",
                        "jdbc:h2:file:" + folder.toAbsolutePath().resolve("registry"));
    }

    private void demandCompatibility() {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/config"))
                .timeout(ANSWER_LIMIT)
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .PUT(BodyPublishers.ofString("{\"compatibility\":\"FULL_TRANSITIVE\"}"))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException("The schema registry rejected its compatibility rule with status "
                        + response.statusCode() + ": " + response.body());
            }
        } catch (IOException e) {
            throw new IllegalStateException("The schema registry at " + url + " stopped answering", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while setting up the schema registry", e);
        }
    }

    /** The base of Confluent's API. */
    public URI url() {
        return url;
    }

    public synchronized ChildProcess process() {
        return process;
    }

    /** Starts it again, with the same data and port, once its process has ended; returns when it is ready. */
    public synchronized void restart() {
        if (process.isAlive()) {
            throw new IllegalStateException("The schema registry is still running");
        }
        process = ChildProcess.start(program, watchdog);
        process.awaitReady(READY_LIMIT);
    }

    @Override
    public synchronized void close() {
        process.close();
    }
}
