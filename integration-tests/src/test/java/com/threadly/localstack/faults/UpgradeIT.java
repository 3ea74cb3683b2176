package com.threadly.localstack.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.threadly.localstack.DevelopmentTokens;
import com.threadly.localstack.LocalStack;
import com.threadly.localstack.Progress;
import com.threadly.localstack.RunningStack;
import com.threadly.localstack.StackOptions;
import com.threadly.localstack.Worker;
import com.threadly.localstack.check.CheckLimits;
import com.threadly.localstack.check.DeliveryCheck;
import com.threadly.localstack.check.Report;
import com.threadly.localstack.check.ReportTable;
import com.threadly.localstack.process.ChildProcess;
import com.threadly.localstack.traffic.Mix;
import com.threadly.localstack.traffic.Pace;
import com.threadly.localstack.traffic.TrafficProducer;
import com.threadly.localstack.traffic.World;
import com.threadly.localstack.traffic.WorldSize;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/**
 * Two processes of each worker are replaced one by one under load, so that old and new ones share the partitions, while
 * producers switch to a newer schema.
 *
 * <p>The old ones are of the release in the folder {@code threadly.upgrade.from}. By default, the same jars with other
 * settings stand in for it.
 */
class UpgradeIT {

    private static final int EVENTS_A_ROUND = 4_500;
    private static final int EVENTS_A_SECOND = 300;

    private static final Set<Worker> UPGRADED = Set.of(Worker.MESSAGE_FANOUT_WORKER, Worker.NOTIFICATION_WORKER);
    private static final Map<String, String> NEW =
            Map.of("COMMIT_INTERVAL", "50ms", "PUSH_MAX_IN_FLIGHT", "8", "MAX_HELD_RECORDS", "500");

    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final CountDownLatch traffic = new CountDownLatch(1);

    @Test
    void losesRepeatsAndReordersNothing() throws Exception {
        StackOptions options = StackOptions.defaults();
        Path old = Path.of(
                System.getProperty("threadly.upgrade.from", options.home().toString()));
        Set<Worker> others = EnumSet.complementOf(EnumSet.copyOf(UPGRADED));
        try (LocalStack stack = LocalStack.start(options.withWorkers(others), Progress.silent())) {
            CompletableFuture<Void> upgrades = CompletableFuture.allOf(UPGRADED.stream()
                    .map(worker -> inBackground(() -> upgrade(worker, old, stack)))
                    .toArray(CompletableFuture[]::new));

            List<Report> reports = trafficUntil(upgrades, stack);
            upgrades.join();

            assertThat(reports)
                    .allSatisfy(report -> assertThat(report.clean())
                            .as(ReportTable.of(report))
                            .isTrue());
        }
    }

    /** The upgrades are always under load: rounds of traffic follow each other until they are done. */
    private List<Report> trafficUntil(CompletableFuture<Void> upgrades, LocalStack stack) throws InterruptedException {
        var addresses = RunningStack.of(stack, Map.of("KAFKA_VALUE_SERIALIZER", HalfNewer.class.getName()));
        var tokens = new DevelopmentTokens(addresses.developmentSecret(), Clock.systemUTC());
        try (TrafficProducer producer = addresses.producer()) {
            var check = new DeliveryCheck(
                    producer,
                    addresses.pusher(),
                    stack.gateway(),
                    (user, conversations, orders) -> tokens.token(user, user, conversations, orders),
                    Clock.systemUTC());
            var reports = new ArrayList<Report>();
            do {
                reports.add(check.run(round(reports.size() + 1), CheckLimits.STANDARD, _ -> traffic.countDown()));
            } while (!upgrades.isDone());
            return reports;
        }
    }

    private static DeliveryCheck.Traffic round(int seed) {
        return new DeliveryCheck.Traffic(
                World.of(seed, WorldSize.STANDARD),
                Mix.STANDARD,
                seed,
                EVENTS_A_ROUND,
                () -> Pace.perSecond(EVENTS_A_SECOND));
    }

    private void upgrade(Worker worker, Path old, LocalStack stack) throws Exception {
        ChildProcess first = stack.startAnother(worker, Map.of(), old);
        ChildProcess second = stack.startAnother(worker, Map.of(), old);
        traffic.await();
        awaitHandling(second);
        end(first);
        ChildProcess newFirst = stack.startAnother(worker, NEW);
        // Old and new side by side.
        awaitHandling(newFirst);
        awaitHandling(second);
        end(second);
        awaitHandling(stack.startAnother(worker, NEW));
    }

    /** Until it has handled more records than when this was called. */
    private static void awaitHandling(ChildProcess process) throws Exception {
        double before = handled(process);
        await().atMost(LIMIT).until(() -> handled(process) > before);
    }

    private static void end(ChildProcess process) {
        process.stop(LIMIT);
        assertThat(process.exitCode()).hasValue(0);
    }

    private static double handled(ChildProcess process) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(process.ready().resolve("/metrics"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line -> line.startsWith("threadly_records_total{") && line.contains("outcome=\"handled\""))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        }
    }

    /** Code that may fail. */
    @FunctionalInterface
    private interface Step {
        void run() throws Exception;
    }

    private static CompletableFuture<Void> inBackground(Step step) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        step.run();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                },
                task -> Thread.ofVirtual().start(task));
    }
}
