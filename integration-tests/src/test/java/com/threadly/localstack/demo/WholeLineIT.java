package com.threadly.localstack.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.threadly.events.PresenceChange;
import com.threadly.events.PresenceChanged;
import com.threadly.events.Topics;
import com.threadly.localstack.DevelopmentTokens;
import com.threadly.localstack.LocalStack;
import com.threadly.localstack.Progress;
import com.threadly.localstack.RunningStack;
import com.threadly.localstack.StackOptions;
import com.threadly.localstack.Worker;
import com.threadly.localstack.check.Report;
import com.threadly.localstack.check.ReportTable;
import com.threadly.localstack.traffic.Emission;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The whole path, from an event in Kafka to a WebSocket client, with every deployable in its own process. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WholeLineIT {

    /** A locale with other digits, which must not reach servers or browsers. */
    private static final List<String> IN_EGYPT = List.of("-Duser.language=ar", "-Duser.country=EG");

    private LocalStack stack;

    @BeforeAll
    void start() {
        var defaults = StackOptions.defaults();
        stack = LocalStack.start(
                defaults.withWorkerJvmOptions(Stream.concat(defaults.workerJvmOptions().stream(), IN_EGYPT.stream())
                        .toList()),
                Progress.silent());
    }

    @AfterAll
    void stop() {
        stack.close();
    }

    @Test
    void deliversEveryPushOnceAndInOrder() throws Exception {
        var out = new ByteArrayOutputStream();

        int exitCode = run(out).run(3_000, 1);

        assertThat(exitCode).as(out.toString(StandardCharsets.UTF_8)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("lost", "duplicated", "out of order", "p99");
    }

    @Test
    void losesNothingWhenTheNotificationWorkerIsKilledInTheMiddle() throws Exception {
        var restarted = new AtomicReference<CompletableFuture<Void>>();

        Report report = run(new ByteArrayOutputStream()).report(6_000, 2, progress -> {
            if (progress.pushes() > 1_000 && progress.missing() > 1_000 && restarted.get() == null) {
                restarted.set(CompletableFuture.runAsync(this::killAndRestart));
            }
        });

        assertThat(restarted.get()).as("killed while pushes were missing").isNotNull();
        restarted.get().join();
        assertThat(report.lost().count()).as(ReportTable.of(report)).isZero();
    }

    @Test
    void tellsThroughTheGatewayWhoIsHereAndOnline() throws Exception {
        String heartbeat = "{\"channels\": [\"presence-product-whole-line\"], \"change\": \"SEEN\"}";

        try (var webhooks = addresses().producer()) {
            var _ = webhooks.publish(new Emission<>(
                    Topics.PRESENCE_EVENTS,
                    new PresenceChanged(
                            UUID.randomUUID(),
                            Clock.systemUTC().instant(),
                            "presence-product-whole-line",
                            "zoe",
                            PresenceChange.JOINED)));
            webhooks.flush();
        }
        assertThat(asZoe("/v1/presence", request -> request.POST(BodyPublishers.ofString(heartbeat)))
                        .statusCode())
                .isEqualTo(204);

        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            assertThat(asZoe("/v1/presence/channels/presence-product-whole-line", HttpRequest.Builder::GET)
                            .body())
                    .contains("\"count\":1", "\"members\":[\"zoe\"]");
            assertThat(asZoe("/v1/presence/users/zoe", HttpRequest.Builder::GET).body())
                    .contains("\"status\":\"online\"");
        });
    }

    @Test
    void countsAThousandViewersOfOneProduct() throws Exception {
        String presence = "presence-product-crowded";
        var viewers = new ConcurrentLinkedQueue<ViewerSocket>();
        try (HttpClient http = HttpClient.newHttpClient()) {
            try {
                // Some at a time, as browsers do not come all at once.
                visitAll(http, presence, viewers);
                await().atMost(Duration.ofMinutes(1))
                        .untilAsserted(() -> assertThat(viewers)
                                .extracting(ViewerSocket::count)
                                .hasSize(1_000)
                                .containsOnly(1_000L));
                assertThat(viewers).filteredOn(ViewerSocket::isMember).hasSize(100);
                assertThat(viewers).filteredOn(ViewerSocket::isRefused).hasSize(900);

                // Who comes later has the number at once, though it does not change.
                ViewerSocket again = visit(http, "viewer-7", presence);
                viewers.add(again);
                await().atMost(Duration.ofMinutes(1)).until(() -> again.count() == 1_000);
                assertThat(as(http, "viewer-7", "/v1/presence/channels/" + presence, HttpRequest.Builder::GET)
                                .body())
                        .contains("\"count\":1000");
            } finally {
                viewers.forEach(ViewerSocket::close);
            }
        }
    }

    private void visitAll(HttpClient http, String presence, Queue<ViewerSocket> viewers) throws Exception {
        try (var browsers = Executors.newFixedThreadPool(16)) {
            List<Callable<Boolean>> visits = IntStream.range(0, 1_000)
                    .<Callable<Boolean>>mapToObj(number -> () -> viewers.add(visit(http, "viewer-" + number, presence)))
                    .toList();
            for (Future<Boolean> visit : browsers.invokeAll(visits)) {
                assertThat(visit.get()).isTrue();
            }
        }
    }

    /** A user opens the product's page. */
    private ViewerSocket visit(HttpClient http, String user, String presence) throws Exception {
        var settings = stack.settings();
        var viewer = new ViewerSocket(
                http,
                URI.create("ws://%s/app/%s?protocol=7"
                        .formatted(settings.get("PUSHER_HOST"), settings.get("PUSHER_KEY"))));
        for (String channel : List.of(presence.replaceFirst("presence-", "private-cache-viewers-"), presence)) {
            String form = "socket_id=%s&channel_name=%s".formatted(viewer.socketId(), channel);
            HttpResponse<String> signed = as(
                    http,
                    user,
                    "/pusher/auth",
                    request -> request.setHeader("Content-Type", "application/x-www-form-urlencoded")
                            .POST(BodyPublishers.ofString(form)));
            assertThat(signed.statusCode()).as(signed.body()).isEqualTo(200);
            viewer.subscribe(channel, new ObjectMapper().readTree(signed.body()));
        }
        String heartbeat = "{\"channels\": [\"%s\"], \"change\": \"SEEN\"}".formatted(presence);
        assertThat(as(http, user, "/v1/presence", request -> request.POST(BodyPublishers.ofString(heartbeat)))
                        .statusCode())
                .isEqualTo(204);
        return viewer;
    }

    private HttpResponse<String> asZoe(String path, UnaryOperator<HttpRequest.Builder> method) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return as(http, "zoe", path, method);
        }
    }

    private HttpResponse<String> as(
            HttpClient http, String user, String path, UnaryOperator<HttpRequest.Builder> method) throws Exception {
        var addresses = addresses();
        String token = new DevelopmentTokens(addresses.developmentSecret(), Clock.systemUTC())
                .token(user, user, List.of(), List.of());
        return http.send(
                method.apply(HttpRequest.newBuilder(addresses.gateway().resolve(path))
                                .header("Authorization", "Bearer " + token)
                                .header("Content-Type", "application/json"))
                        .build(),
                BodyHandlers.ofString());
    }

    @Test
    void exposesEveryMetricThatDashboardAlertsAndDocumentsName() throws Exception {
        run(new ByteArrayOutputStream()).run(300, 3);
        publishNoAvro();
        Path home = StackOptions.defaults().home();
        Set<String> used = MetricNames.inFilesOf(home.resolve("deploy/observability"));
        Set<String> documented = MetricNames.inFilesOf(home.resolve("docs"));

        assertThat(used).isNotEmpty();
        assertThat(documented).isNotEmpty();
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            var exposed = new HashSet<String>();
            for (Worker worker : Worker.values()) {
                exposed.addAll(MetricNames.exposedBy(stack.process(worker)));
            }
            assertThat(exposed).containsAll(used).containsAll(documented);
        });
    }

    private void publishNoAvro() throws Exception {
        Map<String, Object> config = Map.of("bootstrap.servers", stack.kafka());
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(Topics.MESSAGE_EVENTS.name(), "c", "no Avro"))
                    .get();
        }
    }

    private void killAndRestart() {
        stack.process(Worker.NOTIFICATION_WORKER).kill();
        stack.restart(Worker.NOTIFICATION_WORKER);
    }

    private CheckedRun run(ByteArrayOutputStream out) {
        return new CheckedRun(
                stack,
                addresses(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                Clock.systemUTC());
    }

    private RunningStack addresses() {
        return RunningStack.of(stack);
    }
}
