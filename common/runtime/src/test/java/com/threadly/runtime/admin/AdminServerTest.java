package com.threadly.runtime.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpHandler;
import com.threadly.runtime.health.Health;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class AdminServerTest {

    private final Health health = new Health();
    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @Test
    void isReadyOnlyWhileNoCheckFindsTrouble() throws Exception {
        var trouble = new AtomicReference<>(Optional.of("the broker is away"));
        health.ready("kafka", trouble::get);
        health.live("loop", Optional::empty);
        try (var server = start(Map.of())) {
            var waiting = get(server, "/health/ready");
            assertThat(waiting.statusCode()).isEqualTo(503);
            assertThat(waiting.body()).contains("\"kafka\":\"the broker is away\"");
            assertThat(get(server, "/health/live").statusCode()).isEqualTo(200);

            trouble.set(Optional.empty());

            assertThat(get(server, "/health/ready").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void whetherItIsReadyIsAMetric() throws Exception {
        var trouble = new AtomicReference<>(Optional.of("the broker is away"));
        health.ready("kafka", trouble::get);
        health.bindTo(metrics);
        try (var server = start(Map.of())) {
            assertThat(get(server, "/metrics").body()).contains("threadly_ready{check=\"kafka\"} 0.0");

            trouble.set(Optional.empty());

            assertThat(get(server, "/metrics").body()).contains("threadly_ready{check=\"kafka\"} 1.0");
        }
    }

    @Test
    void showsMetricsInPrometheusFormat() throws Exception {
        metrics.counter("threadly.dead.letters", "reason", "UNDECODABLE").increment();
        try (var server = start(Map.of())) {
            assertThat(get(server, "/metrics").body())
                    .contains("threadly_dead_letters_total{reason=\"UNDECODABLE\"} 1.0");
        }
    }

    @Test
    void answersWhatADeployableAdds() throws Exception {
        HttpHandler echo = exchange -> {
            try (exchange) {
                byte[] path = exchange.getRequestURI().getPath().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, path.length);
                exchange.getResponseBody().write(path);
            }
        };
        try (var server = start(Map.of("/echo/", echo))) {
            assertThat(get(server, "/echo/some/path").body()).isEqualTo("/echo/some/path");
            assertThat(get(server, "/health/live").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aPathThatOnlyBeginsLikeOneOfItsOwnIsUnknown() throws Exception {
        try (var server = start(Map.of())) {
            for (String path : List.of("/metrics/x", "/metricsx", "/health/livex", "/health/ready/..%2f", "/")) {
                assertThat(get(server, path).statusCode()).as(path).isEqualTo(404);
            }
            assertThat(get(server, "/metrics?name=x").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void theHealthCommandSaysWhatTheServerSays() {
        health.ready("kafka", () -> Optional.of("the broker is away"));
        var server = start(Map.of());
        int port = server.port();
        var output = new StringWriter();
        var command = new CommandLine(new HealthCommand(() -> port))
                .setOut(new PrintWriter(output, true))
                .setErr(new PrintWriter(output, true));
        try (server) {
            assertThat(command.execute()).isEqualTo(1);
            assertThat(output.toString()).contains("the broker is away");
            assertThat(command.execute("--live")).isZero();
        }
        assertThat(command.execute("--live")).isEqualTo(1);
    }

    /**
     * In a separate process: the JDK reads these limits once, and another test may already have used its server here.
     */
    @Test
    void aRequestThatIsNeverFinishedEnds() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Alone.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var output = process.inputReader();
                var socket = new Socket(InetAddress.getLoopbackAddress(), Alone.port(output.lines()))) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write("GET /health/li".getBytes(StandardCharsets.US_ASCII));

            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        } finally {
            process.destroyForcibly();
        }
    }

    /** A server that prints its port. */
    static final class Alone {

        private static final String PORT = "port ";

        public static void main(String[] args) {
            var metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            var server = AdminServer.start(new AdminSettings("127.0.0.1", 0), new Health(), metrics, Map.of());
            System.out.println(PORT + server.port());
        }

        private static int port(Stream<String> output) {
            return output.filter(line -> line.startsWith(PORT))
                    .mapToInt(line -> Integer.parseInt(line.substring(PORT.length())))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private AdminServer start(Map<String, HttpHandler> routes) {
        return AdminServer.start(new AdminSettings("127.0.0.1", 0), health, metrics, routes);
    }

    private static HttpResponse<String> get(AdminServer server, String path) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}
