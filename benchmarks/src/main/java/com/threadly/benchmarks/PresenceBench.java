package com.threadly.benchmarks;

import static com.threadly.benchmarks.report.Numbers.median;
import static com.threadly.benchmarks.report.Numbers.oneDecimal;
import static com.threadly.benchmarks.report.Numbers.twoDecimals;
import static com.threadly.benchmarks.report.Numbers.whole;

import com.threadly.benchmarks.report.Table;
import com.threadly.benchmarks.stage.PresenceEngine;
import com.threadly.benchmarks.stage.PresencePlan;
import com.threadly.benchmarks.stage.PresenceStage;
import com.threadly.benchmarks.stage.PresenceStage.Pace;
import com.threadly.benchmarks.stage.Stage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench presence}: how many presence events per second each engine counts, and what more channels cost. */
@Command(
        name = "presence",
        mixinStandardHelpOptions = true,
        description = {
            "Presence events wait in the topic; each engine in turn counts all of them, starting without state.",
            "Then the worker and count(), with more and more channels, and with one that has very many viewers."
        })
final class PresenceBench extends StagedBench {

    private static final double ZIPF = 0.5;

    @Option(names = "--engines", split = ",", description = "Any of ${COMPLETION-CANDIDATES}; all by default.")
    private List<PresenceEngine> engines = List.of(PresenceEngine.values());

    @Option(
            names = "--rounds",
            description = "Rounds of the comparison; the median is reported; default ${DEFAULT-VALUE}.")
    private int rounds = 3;

    @Option(names = "--events", description = "Events prepared for each engine; default ${DEFAULT-VALUE}.")
    private int events = 1_600_000;

    @Option(names = "--channels", description = "Channels of the comparison; default ${DEFAULT-VALUE}.")
    private int channels = 10_000;

    @Option(names = "--viewers", description = "Viewers per channel; default ${DEFAULT-VALUE}.")
    private int viewers = 20;

    @Option(
            names = "--growth",
            split = ",",
            description = "More numbers of channels; default ${DEFAULT-VALUE}; 0 for none.")
    private List<Integer> growth = List.of(10, 100, 1_000, 10_000, 100_000, 1_000_000);

    @Option(names = "--hot", description = "Viewers of the one large channel; default ${DEFAULT-VALUE}; 0 for none.")
    private int hot = 100_000;

    PresenceBench(String arguments) {
        super("presence", arguments);
    }

    @Override
    Outcome measure(Stage stage) throws Exception {
        try (var presence = PresenceStage.beside(stage)) {
            String tables =
                    comparison(presence).markdown() + "\n" + growth(presence).markdown();
            return new Outcome("Presence", tables, true);
        }
    }

    private Table comparison(PresenceStage stage) throws Exception {
        var paces = new EnumMap<PresenceEngine, List<Pace>>(PresenceEngine.class);
        var plan = new PresencePlan(events, channels, ZIPF, viewers);
        for (int round = 1; round <= rounds; round++) {
            for (PresenceEngine engine : engines) {
                Pace pace = stage.pace(engine, plan);
                paces.computeIfAbsent(engine, _ -> new ArrayList<>()).add(pace);
                progress(String.format(
                        Locale.ROOT, "round %d, %s: %s events/s", round, engine.title(), whole(pace.rate())));
            }
        }
        double ceiling = of(paces, PresenceEngine.HOPPING_COUNT, Pace::rate);
        var table = new Table("engine", "events/s", "of count() in the same windows", "CPU µs an event", "peak MiB");
        for (PresenceEngine engine : engines) {
            double rate = of(paces, engine, Pace::rate);
            table.row(
                    engine.title(),
                    whole(rate),
                    twoDecimals(rate / ceiling),
                    oneDecimal(of(paces, engine, Pace::cpuMicros)),
                    whole(of(paces, engine, Pace::peakMiB)));
        }
        return table;
    }

    private static double of(
            Map<PresenceEngine, List<Pace>> paces, PresenceEngine engine, ToDoubleFunction<Pace> value) {
        List<Pace> its = paces.getOrDefault(engine, List.of());
        return its.isEmpty()
                ? Double.NaN
                : median(its.stream().map(value::applyAsDouble).toList());
    }

    private Table growth(PresenceStage stage) throws Exception {
        var table = new Table(
                "channels",
                "viewers of each",
                "events",
                "published/event",
                "events/s",
                "of count()",
                "CPU µs an event",
                "of count()",
                "peak MiB");
        for (int some : growth) {
            // Enough that each channel has one, and every other channel one more.
            row(table, stage, new PresencePlan(Math.max(events / 2, some + some / 2), some, 0, viewers));
        }
        row(table, stage, new PresencePlan(events / 2, 1, 0, hot));
        return table;
    }

    private void row(Table table, PresenceStage stage, PresencePlan plan) throws Exception {
        if (plan.channels() == 0 || plan.viewers() == 0) {
            return;
        }
        Pace pace = stage.pace(PresenceEngine.OURS, plan);
        Pace ceiling = stage.pace(PresenceEngine.HOPPING_COUNT, plan);
        progress("%s channels of %s viewers: %s events/s, %s MiB; count() %s events/s"
                .formatted(
                        whole(plan.channels()),
                        whole(plan.viewers()),
                        whole(pace.rate()),
                        whole(pace.peakMiB()),
                        whole(ceiling.rate())));
        table.row(
                whole(plan.channels()),
                whole(plan.viewers()),
                whole(plan.events()),
                twoDecimals(pace.published()),
                whole(pace.rate()),
                twoDecimals(pace.rate() / ceiling.rate()),
                oneDecimal(pace.cpuMicros()),
                twoDecimals(pace.cpuMicros() / ceiling.cpuMicros()),
                whole(pace.peakMiB()));
    }
}
