package com.threadly.common.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class AdminServerTest {

    private final Health health = new Health();
    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @Test
    void isReadyOnlyWhileNoCheckFindsTrouble() throws Exception {
        var trouble = new AtomicReference<>(Optional.of("the broker is away"));
        health.ready("kafka", trouble::get);
        health.live("loop", Optional::empty);
        try (var server = AdminServer.start("127.0.0.1", 0, health, metrics)) {
            var waiting = get(server, "/health/ready");
            assertThat(waiting.statusCode()).isEqualTo(503);
            assertThat(waiting.body()).contains("\"kafka\":\"the broker is away\"");
            assertThat(get(server, "/health/live").statusCode()).isEqualTo(200);

            trouble.set(Optional.empty());

            assertThat(get(server, "/health/ready").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void showsMetricsInPrometheusFormat() throws Exception {
        metrics.counter("threadly.dead.letters", "reason", "UNDECODABLE").increment();
        try (var server = AdminServer.start("127.0.0.1", 0, health, metrics)) {
            assertThat(get(server, "/metrics").body())
                    .contains("threadly_dead_letters_total{reason=\"UNDECODABLE\"} 1.0");
        }
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
