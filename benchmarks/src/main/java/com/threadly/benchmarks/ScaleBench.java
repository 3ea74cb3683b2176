package com.threadly.benchmarks;

import static com.threadly.benchmarks.report.Numbers.oneDecimal;
import static com.threadly.benchmarks.report.Numbers.twoDecimals;

import com.threadly.benchmarks.report.Numbers;
import com.threadly.benchmarks.report.Table;
import com.threadly.benchmarks.stage.CorpusPlan;
import com.threadly.benchmarks.stage.RunningEngine;
import com.threadly.benchmarks.stage.Stage;
import com.threadly.benchmarks.stub.StubReport;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench scale}: how much more several workers of one group push than one. */
@Command(
        name = "scale",
        mixinStandardHelpOptions = true,
        description = {
            "One fan-out worker, then several that share the partitions, with so few requests in flight that"
                    + " Pusher's",
            "delay is the limit. Exit code 1 if messages were pushed out of order or twice."
        })
final class ScaleBench extends StagedBench {

    private static final double ZIPF = 0.5;
    private static final int BATCH = 10;

    @Option(
            names = "--workers",
            split = ",",
            description = "Numbers of workers in one group; default ${DEFAULT-VALUE}.")
    private List<Integer> workers = List.of(1, 2, 4);

    @Option(names = "--delay", description = "Delay of the stub in milliseconds; default ${DEFAULT-VALUE}.")
    private int delay = 200;

    @Option(names = "--slots", description = "Requests in flight per worker; default ${DEFAULT-VALUE}.")
    private int slots = 4;

    @Option(names = "--rounds", description = "Rounds, of which the median is reported; default ${DEFAULT-VALUE}.")
    private int rounds = 3;

    @Option(names = "--warm-up", description = "Seconds from the first message; default ${DEFAULT-VALUE}.")
    private int warmUp = 5;

    @Option(names = "--seconds", description = "Seconds measured after that; default ${DEFAULT-VALUE}.")
    private int seconds = 15;

    @Option(names = "--conversations", description = "${DEFAULT-VALUE}")
    private int conversations = 10_000;

    private final Map<Integer, List<Double>> rates = new LinkedHashMap<>();
    private boolean sound = true;

    ScaleBench(String arguments) {
        super("scale", arguments);
    }

    @Override
    Outcome measure(Stage stage) throws Exception {
        for (int round = 1; round <= rounds; round++) {
            for (int count : workers) {
                double rate = rate(stage, count);
                rates.computeIfAbsent(count, _ -> new ArrayList<>()).add(rate);
                progress(String.format(
                        Locale.ROOT, "round %d, %d worker(s): %s events/s", round, count, oneDecimal(rate)));
            }
        }
        return new Outcome(
                String.format(Locale.ROOT, "Scale, stub at %d ms, %d requests in flight per worker", delay, slots),
                table().markdown(),
                sound);
    }

    /** Events per second of {@code count} workers that have their partitions before the first message is published. */
    private double rate(Stage stage, int count) throws Exception {
        // Twice what they can push, so that none runs out.
        int messages = 2 * count * atMost() * (warmUp + seconds);
        var plan = new CorpusPlan(messages, conversations, ZIPF, 0);
        stage.stub().begin(Duration.ofMillis(delay), conversations, 0);
        Deque<RunningEngine> running = new ArrayDeque<>();
        try {
            stage.rewind(stage.emptied(plan));
            for (int i = 0; i < count; i++) {
                running.push(stage.launchFanout(plan, slots, String.format(Locale.ROOT, "scale-%d", i)));
            }
            running.forEach(RunningEngine::awaitReady);
            stage.fill(plan);
            running.element().awaitFirstMessage();
            Thread.sleep(Duration.ofSeconds(warmUp));
            StubReport from = stage.stub().report();
            Thread.sleep(Duration.ofSeconds(seconds));
            StubReport to = stage.stub().report();
            sound &= to.inOrderAndOnce();
            return to.rateSince(from);
        } finally {
            running.parallelStream().forEach(RunningEngine::close);
        }
    }

    /** The maximum events per second and worker, given the batch size and the delay. */
    private int atMost() {
        return BATCH * slots * 1000 / delay;
    }

    private Table table() {
        var table = new Table(
                "message-fanout-worker", "events/s", "of the first row", "of its requests in flight", "in order, once");
        double one = Numbers.median(rates.getOrDefault(workers.getFirst(), List.of()));
        rates.forEach((count, measured) -> table.row(
                String.format(Locale.ROOT, "%d worker(s)", count),
                oneDecimal(Numbers.median(measured)),
                twoDecimals(Numbers.median(measured) / one),
                twoDecimals(Numbers.median(measured) / (count * atMost())),
                sound ? "yes" : "NO"));
        return table;
    }
}
