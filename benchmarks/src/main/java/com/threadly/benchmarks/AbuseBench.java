package com.threadly.benchmarks;

import static com.threadly.benchmarks.report.Numbers.oneDecimal;
import static com.threadly.benchmarks.report.Numbers.twoDecimals;
import static com.threadly.benchmarks.report.Numbers.whole;

import com.threadly.benchmarks.load.HangingBodies;
import com.threadly.benchmarks.load.Load;
import com.threadly.benchmarks.load.PacedLoad;
import com.threadly.benchmarks.report.Table;
import com.threadly.benchmarks.stage.EdgeStage;
import com.threadly.benchmarks.stage.RunningEngine;
import com.threadly.benchmarks.stage.Stage;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench abuse}: what honest users notice of callers that misuse the gateway. */
@Command(
        name = "abuse",
        mixinStandardHelpOptions = true,
        description = {
            "Honest users authorize conversations at an even pace, first alone, then beside connections whose bodies",
            "hang and users who send as much as their limit takes."
        })
final class AbuseBench extends StagedBench {

    private static final double NANOS_PER_MILLI = 1e6;
    private static final int CALLERS = 16;
    private static final int USERS = 1_000;
    /** Of a batch, so that one request is a user's burst of five seconds. */
    private static final int CHANNELS = 100;

    @Option(names = "--pace", description = "Honest requests per second; default ${DEFAULT-VALUE}.")
    private int pace = 200;

    @Option(names = "--connections", description = "Connections with hanging bodies; default ${DEFAULT-VALUE}.")
    private int connections = 1_000;

    @Option(names = "--abusers", description = "Users at their limits; default ${DEFAULT-VALUE}.")
    private int abusers = 1_000;

    @Option(names = "--warm-up", description = "Seconds of warm-up, not measured; default ${DEFAULT-VALUE}.")
    private int warmUp = 20;

    @Option(names = "--quiet", description = "Seconds measured without abuse; default ${DEFAULT-VALUE}.")
    private int quiet = 30;

    @Option(names = "--seconds", description = "Seconds measured under abuse; default ${DEFAULT-VALUE}.")
    private int seconds = 300;

    private final Table table = new Table(
            "phase", "honest/s", "refused", "p50 ms", "p99 ms", "of the quiet p99", "abuse/s", "CPUs", "peak MiB");

    AbuseBench(String arguments) {
        super("abuse", arguments);
    }

    @Override
    Outcome measure(Stage stage) throws Exception {
        boolean sound;
        try (var edge = new EdgeStage(stage, USERS);
                RunningEngine engine = edge.gatewayWithLimits()) {
            engine.awaitReady();
            var requests = new EdgeRequests(USERS, Clock.systemUTC());
            var honest = new PacedLoad(edge.port(), CALLERS, pace, requests::authorization);
            progress("warming up");
            for (int second = 0; honest.during(Duration.ofSeconds(1)).refused() > 0 && second < 60; second++) {
                // Until the gateway knows all participants.
            }
            var _ = honest.during(Duration.ofSeconds(warmUp));

            progress(String.format(Locale.ROOT, "quiet for %d s", quiet));
            RunningEngine.Reading before = engine.read();
            Load.Result alone = honest.during(Duration.ofSeconds(quiet));
            row("quiet", quiet, alone, alone, 0, before, engine.read());

            progress(String.format(Locale.ROOT, "abuse for %d s", seconds));
            sound = alone.refused() + underAbuse(honest, edge.port(), engine, alone) == 0;
        }
        return new Outcome(
                String.format(
                        Locale.ROOT,
                        "The gateway, %d hanging bodies and %d users at their limits",
                        connections,
                        abusers),
                table.markdown(),
                sound);
    }

    /** In two halves: memory is flat when the second one needs no more. Returns how many honest requests were refused. */
    private long underAbuse(PacedLoad honest, int port, RunningEngine engine, Load.Result alone) throws Exception {
        // Each user's next batch when their limit allows it, and a little earlier.
        int perSecond = Math.max(1, abusers * 20 / CHANNELS * 11 / 10);
        byte[][] batches = EdgeRequests.batches(abusers, CHANNELS, Clock.systemUTC());
        var abuse = new PacedLoad(port, CALLERS, perSecond, number -> batches[(int) (number % batches.length)]);
        long refused = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var _ = new HangingBodies(port, connections, EdgeRequests.hangingWebhook())) {
            int half = Math.max(1, seconds / 2);
            for (String phase : List.of("abuse, first half", "abuse, second half")) {
                RunningEngine.Reading before = engine.read();
                Future<Load.Result> abused = threads.submit(() -> abuse.during(Duration.ofSeconds(half)));
                Load.Result beside = honest.during(Duration.ofSeconds(half));
                Load.Result abusive = abused.get();
                long answered = abusive.nanos().getTotalCount() + abusive.refused();
                row(phase, half, beside, alone, answered / half, before, engine.read());
                refused += beside.refused();
            }
        }
        return refused;
    }

    private void row(
            String phase,
            int time,
            Load.Result result,
            Load.Result alone,
            long abusePerSecond,
            RunningEngine.Reading before,
            RunningEngine.Reading after) {
        double cpuSeconds = after.cpu().minus(before.cpu()).toMillis() / 1e3;
        table.row(
                phase,
                whole((double) result.nanos().getTotalCount() / time),
                Long.toString(result.refused()),
                millis(result.nanos(), 50),
                millis(result.nanos(), 99),
                twoDecimals((double) result.nanos().getValueAtPercentile(99)
                        / alone.nanos().getValueAtPercentile(99)),
                Long.toString(abusePerSecond),
                twoDecimals(cpuSeconds / time),
                Long.toString(after.peakMiB()));
    }

    private static String millis(Histogram nanos, double percentile) {
        return oneDecimal((double) nanos.getValueAtPercentile(percentile) / NANOS_PER_MILLI);
    }
}
