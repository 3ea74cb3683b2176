package com.threadly.presence;

import com.threadly.localstack.process.ChildProcess;
import com.threadly.localstack.process.Program;
import com.threadly.localstack.testing.Servers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Starts aggregators, each in its own process, with windows that a test can wait for.
 *
 * @param pusherHost where they push
 * @param folder where they log
 */
record Aggregators(Servers servers, String pusherHost, Path folder) {

    /** Each is started for one test: with the first compiler alone it is ready sooner. */
    private static final List<String> JVM_OPTIONS = List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** The minimum time between two counts of a channel. */
    static final Duration PUSH_INTERVAL = Duration.ofMillis(200);

    /** A running aggregator and its address. */
    record Aggregator(ChildProcess process, URI address) implements AutoCloseable {

        /** Its answer to {@code GET} of {@code path}. */
        HttpResponse<String> ask(String path) throws IOException, InterruptedException {
            try (var http = HttpClient.newHttpClient()) {
                return http.send(HttpRequest.newBuilder(address.resolve(path)).build(), BodyHandlers.ofString());
            }
        }

        /** The metric's value, summed over its labels. */
        double metric(String name) throws IOException, InterruptedException {
            return ask("/metrics")
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                    .sum();
        }

        @Override
        public void close() {
            process.close();
        }
    }

    Aggregator start(String name, String window) {
        return start(name, Map.of("PRESENCE_WINDOW", window));
    }

    Aggregator start(String name, Map<String, String> settings) {
        int adminPort = servers.ports().next();
        var environment = new HashMap<>(Map.of(
                "ADMIN_HOST", "127.0.0.1",
                "ADMIN_PORT", Integer.toString(adminPort),
                "KAFKA_BOOTSTRAP_SERVERS", servers.kafka(),
                "SCHEMA_REGISTRY_URL", servers.registry().toString(),
                "PUSHER_APP_ID", "app-id",
                "PUSHER_KEY", "app-key",
                "PUSHER_SECRET", "app-secret",
                "PUSHER_HOST", pusherHost,
                "PUSHER_TLS", "false"));
        environment.put("START_AT", "earliest");
        environment.put("PRESENCE_ADVANCE", "1s");
        environment.put("PRESENCE_PUSH_INTERVAL", PUSH_INTERVAL.toMillis() + "ms");
        // The least that brokers allow for noticing a killed process. With KIP-848 the broker decides.
        environment.put("KAFKA_GROUP_PROTOCOL", "classic");
        environment.put("KAFKA_SESSION_TIMEOUT_MS", "6000");
        // Members learn of a rebalance with the next heartbeat.
        environment.put("KAFKA_HEARTBEAT_INTERVAL_MS", "500");
        environment.put("STATE_DIR", folder.resolve(name).toString());
        environment.putAll(settings);
        // An empty value counts as not set.
        environment.values().removeIf(String::isEmpty);
        var program = Program.ofJar(
                "presence-aggregator",
                Path.of(
                        System.getProperty("threadly.home", ".."),
                        "presence-aggregator/target/presence-aggregator.jar"),
                JVM_OPTIONS,
                environment,
                folder.resolve(name + ".log"),
                adminPort);
        return new Aggregator(
                ChildProcess.start(program, servers.watchdog()).awaitReady(LIMIT),
                URI.create("http://127.0.0.1:" + adminPort));
    }
}
