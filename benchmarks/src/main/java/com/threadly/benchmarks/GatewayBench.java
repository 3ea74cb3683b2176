package com.threadly.benchmarks;

import static com.threadly.benchmarks.report.Numbers.oneDecimal;
import static com.threadly.benchmarks.report.Numbers.twoDecimals;
import static com.threadly.benchmarks.report.Numbers.whole;

import com.threadly.benchmarks.load.Load;
import com.threadly.benchmarks.report.Table;
import com.threadly.benchmarks.stage.EdgeStage;
import com.threadly.benchmarks.stage.RunningEngine;
import com.threadly.benchmarks.stage.Stage;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongFunction;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench gateway}: authorizations and webhooks per second, compared with a bare route that only signs. */
@Command(
        name = "gateway",
        mixinStandardHelpOptions = true,
        description = {
            "Callers never pause between requests. The gateway checks the token, the user's part in the",
            "conversation and the rates, and answers a webhook when the broker has acknowledged its events."
        })
final class GatewayBench extends StagedBench {

    private static final double NANOS_A_MILLI = 1e6;
    private static final int MAX_SECONDS_TO_BEGIN = 60;

    @Option(names = "--at-once", description = "Concurrent callers; default ${DEFAULT-VALUE}.")
    private int atOnce = 32;

    @Option(names = "--warm-up", description = "Seconds of warm-up, not measured; default ${DEFAULT-VALUE}.")
    private int warmUp = 10;

    @Option(names = "--seconds", description = "Seconds measured after that; default ${DEFAULT-VALUE}.")
    private int seconds = 20;

    @Option(names = "--users", description = "Users, each with their own conversation; default ${DEFAULT-VALUE}.")
    private int users = 1_000;

    private final Map<String, Double> bare = new HashMap<>();
    private final Table table = new Table(
            "engine",
            "request",
            "per second",
            "of the bare route",
            "p50 ms",
            "p99 ms",
            "p99.9 ms",
            "CPU µs each",
            "peak MiB");
    private boolean sound = true;

    GatewayBench(String arguments) {
        super("gateway", arguments);
    }

    @Override
    Outcome measure(Stage stage) throws Exception {
        try (var edge = new EdgeStage(stage, users)) {
            var requests = new EdgeRequests(users, Clock.systemUTC());
            try (RunningEngine engine = edge.bareSigner()) {
                measure("bare route", engine, edge.port(), requests);
            }
            try (RunningEngine engine = edge.gateway()) {
                measure("gateway", engine, edge.port(), requests);
            }
        }
        return new Outcome(
                String.format(Locale.ROOT, "The gateway, %d concurrent callers", atOnce), table.markdown(), sound);
    }

    private void measure(String title, RunningEngine engine, int port, EdgeRequests requests) throws Exception {
        engine.awaitReady();
        measure(title, "authorization", engine, port, requests::authorization);
        measure(title, "webhook", engine, port, requests::webhook);
    }

    private void measure(String title, String kind, RunningEngine engine, int port, LongFunction<byte[]> requests)
            throws Exception {
        progress(String.format(Locale.ROOT, "%s: %ss for %d s", title, kind, warmUp + seconds));
        var load = new Load(port, atOnce, requests);
        awaitAllTaken(load);
        var _ = load.during(Duration.ofSeconds(warmUp));
        RunningEngine.Reading before = engine.read();
        Load.Result result = load.during(Duration.ofSeconds(seconds));
        RunningEngine.Reading after = engine.read();
        sound &= result.refused() == 0;
        Histogram nanos = result.nanos();
        double each = (double) nanos.getTotalCount() / seconds;
        double cpuMicros = after.cpu().minus(before.cpu()).toNanos() / 1e3 / Math.max(1, nanos.getTotalCount());
        table.row(
                title,
                kind,
                whole(each),
                twoDecimals(each / bare.computeIfAbsent(kind, _ -> each)),
                millis(nanos, 50),
                millis(nanos, 99),
                millis(nanos, 99.9),
                oneDecimal(cpuMicros),
                Long.toString(after.peakMiB()));
    }

    /** Waits until the gateway knows all participants. */
    private static void awaitAllTaken(Load load) throws Exception {
        for (int second = 0; load.during(Duration.ofSeconds(1)).refused() > 0; second++) {
            if (second == MAX_SECONDS_TO_BEGIN) {
                throw new IllegalStateException("requests are still refused");
            }
        }
    }

    private static String millis(Histogram nanos, double percentile) {
        return oneDecimal((double) nanos.getValueAtPercentile(percentile) / NANOS_A_MILLI);
    }
}
