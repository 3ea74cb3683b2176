package com.threadly.benchmarks;

import static com.threadly.benchmarks.report.Numbers.oneDecimal;
import static com.threadly.benchmarks.report.Numbers.twoDecimals;
import static com.threadly.benchmarks.report.Numbers.whole;

import com.threadly.benchmarks.MeasuredWindow.Speed;
import com.threadly.benchmarks.report.Table;
import com.threadly.benchmarks.stage.Corpus;
import com.threadly.benchmarks.stage.CorpusPlan;
import com.threadly.benchmarks.stage.Engine;
import com.threadly.benchmarks.stage.Stage;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench fanout}: how many messages per second each engine pushes. */
@Command(
        name = "fanout",
        mixinStandardHelpOptions = true,
        description = {
            "Messages of many conversations wait in the topic; each engine in turn pushes them to a stub of Pusher that",
            "answers after a delay. Exit code 1 if an engine broke its promise of order."
        })
final class FanoutBench extends StagedBench {

    private static final double ZIPF = 0.5;
    private static final double HOT_SHARE = 0.1;
    private static final int BATCH = 10;

    /** The engine, the stub's delay, with the hot conversation or without. */
    private record Case(Engine engine, int delay, boolean hot) {}

    @Option(
            names = "--delays",
            split = ",",
            description = "Delays of the stub in milliseconds; default ${DEFAULT-VALUE}.")
    private List<Integer> delays = List.of(0, 20, 50);

    @Option(names = "--engines", split = ",", description = "Any of ${COMPLETION-CANDIDATES}; all by default.")
    private List<Engine> engines = List.of(Engine.values());

    @Option(names = "--rounds", description = "Rounds, of which the median is reported; default ${DEFAULT-VALUE}.")
    private int rounds = 3;

    @Option(names = "--warm-up", description = "Seconds from an engine's first message; default ${DEFAULT-VALUE}.")
    private int warmUp = 6;

    @Option(names = "--seconds", description = "Seconds measured after that; default ${DEFAULT-VALUE}.")
    private int seconds = 10;

    @Option(names = "--conversations", description = "${DEFAULT-VALUE}")
    private int conversations = 10_000;

    @Option(names = "--messages", description = "Messages prepared for each engine; default ${DEFAULT-VALUE}.")
    private int messages = 1_000_000;

    private final Map<Case, Speeds> speeds = new LinkedHashMap<>();

    FanoutBench(String arguments) {
        super("fanout", arguments);
    }

    @Override
    Outcome measure(Stage stage) throws Exception {
        measure(stage, engines, 0);
        measure(stage, engines.stream().filter(Engine.OURS::equals).toList(), HOT_SHARE);
        return new Outcome(
                "Fan-out throughput",
                throughput().markdown() + "\n" + hotConversation().markdown(),
                speeds.values().stream().allMatch(Speeds::sound));
    }

    private void measure(Stage stage, List<Engine> some, double hotShare) throws Exception {
        if (some.isEmpty()) {
            return;
        }
        progress("writing %s messages of %s conversations, %s%% of them to one"
                .formatted(whole(messages), whole(conversations), whole(100 * hotShare)));
        Corpus corpus = stage.write(new CorpusPlan(messages, conversations, ZIPF, hotShare));
        var window = new MeasuredWindow(Duration.ofSeconds(warmUp), Duration.ofSeconds(seconds));
        for (int round = 1; round <= rounds; round++) {
            for (int delay : delays) {
                for (Engine engine : some) {
                    Speed speed = window.of(engine, corpus, Duration.ofMillis(delay), stage);
                    speeds.computeIfAbsent(new Case(engine, delay, hotShare > 0), _ -> new Speeds())
                            .add(speed);
                    progress(String.format(
                            Locale.ROOT,
                            "round %d, %d ms, %s: %s events/s%s",
                            round,
                            delay,
                            engine.title(),
                            whole(speed.events()),
                            speed.sound() ? "" : ", NOT in order or not once"));
                }
            }
        }
    }

    private Table throughput() {
        var table = new Table(
                "engine",
                "delay",
                "events/s",
                "of the bare loop",
                "events/request",
                "CPU µs/event",
                "peak MiB",
                "in order, once");
        for (int delay : delays) {
            for (Engine engine : engines) {
                Speeds its = found(engine, delay, false);
                double ceiling = engines.contains(Engine.BARE_LOOP)
                        ? found(Engine.BARE_LOOP, delay, false).median(Speed::events)
                        : Double.NaN;
                table.row(
                        engine.title(),
                        delay + " ms",
                        whole(its.median(Speed::events)),
                        twoDecimals(its.median(Speed::events) / ceiling),
                        oneDecimal(its.median(Speed::batch)),
                        oneDecimal(its.median(Speed::cpuMicros)),
                        whole(its.median(Speed::peakMiB)),
                        engine.promisesOrder() ? its.sound() ? "yes" : "NO" : "-");
            }
        }
        return table;
    }

    private Table hotConversation() {
        var table = new Table(
                "with a conversation that has 10% of all",
                "delay", "events/s", "of without it", "its events/s", "of 10 per round trip", "in order, once");
        for (int delay : delays) {
            if (engines.contains(Engine.OURS)) {
                Speeds hot = found(Engine.OURS, delay, true);
                double without = found(Engine.OURS, delay, false).median(Speed::events);
                table.row(
                        Engine.OURS.title(),
                        delay + " ms",
                        whole(hot.median(Speed::events)),
                        twoDecimals(hot.median(Speed::events) / without),
                        whole(hot.median(Speed::hot)),
                        delay == 0 ? "-" : twoDecimals(hot.median(Speed::hot) / (BATCH * 1000.0 / delay)),
                        hot.sound() ? "yes" : "NO");
            }
        }
        return table;
    }

    private Speeds found(Engine engine, int delay, boolean hot) {
        return speeds.getOrDefault(new Case(engine, delay, hot), new Speeds());
    }
}
