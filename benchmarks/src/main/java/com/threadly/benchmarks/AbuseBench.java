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
    private static final int WARM_UP_SECONDS = 20;
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

    @Option(names = "--quiet", description = "Seconds measured without abuse; default ${DEFAULT-VALUE}.")
    private int quiet = 30;

    @Option(names = "--seconds", description = "Seconds measured under abuse; default ${DEFAULT-VALUE}.")
    private int seconds = 300;

    private final Table table =
            new Table("phase", "honest/s", "refused", "p50 ms", "p99 ms", "of the quiet p99", "abuse/s", "peak MiB");

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
            var _ = honest.during(Duration.ofSeconds(WARM_UP_SECONDS));

            progress(String.format(Locale.ROOT, "quiet for %d s", quiet));
            Load.Result alone = honest.during(Duration.ofSeconds(quiet));
            row("quiet", quiet, alone, alone, 0, engine);

            progress(String.format(Locale.ROOT, "abuse for %d s", seconds));
            Load.Result beside = underAbuse(honest, edge.port(), engine, alone);
            sound = alone.refused() + beside.refused() == 0;
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

    private Load.Result underAbuse(PacedLoad honest, int port, RunningEngine engine, Load.Result alone)
            throws Exception {
        // Each user's next batch when their limit allows it, and a little earlier.
        int perSecond = Math.max(1, abusers * 20 / CHANNELS * 11 / 10);
        byte[][] batches = EdgeRequests.batches(abusers, CHANNELS, Clock.systemUTC());
        var abuse = new PacedLoad(port, CALLERS, perSecond, number -> batches[(int) (number % batches.length)]);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var _ = new HangingBodies(port, connections, EdgeRequests.hangingWebhook())) {
            Future<Load.Result> abused = threads.submit(() -> abuse.during(Duration.ofSeconds(seconds)));
            Load.Result beside = honest.during(Duration.ofSeconds(seconds));
            Load.Result abusive = abused.get();
            row(
                    "abuse",
                    seconds,
                    beside,
                    alone,
                    (abusive.nanos().getTotalCount() + abusive.refused()) / seconds,
                    engine);
            return beside;
        }
    }

    private void row(
            String phase, int time, Load.Result result, Load.Result alone, long abusePerSecond, RunningEngine engine)
            throws Exception {
        table.row(
                phase,
                whole((double) result.nanos().getTotalCount() / time),
                Long.toString(result.refused()),
                millis(result.nanos(), 50),
                millis(result.nanos(), 99),
                twoDecimals((double) result.nanos().getValueAtPercentile(99)
                        / alone.nanos().getValueAtPercentile(99)),
                Long.toString(abusePerSecond),
                Long.toString(engine.read().peakMiB()));
    }

    private static String millis(Histogram nanos, double percentile) {
        return oneDecimal((double) nanos.getValueAtPercentile(percentile) / NANOS_PER_MILLI);
    }
}
