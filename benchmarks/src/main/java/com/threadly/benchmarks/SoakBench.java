package com.threadly.benchmarks;

import static com.threadly.benchmarks.report.Numbers.oneDecimal;
import static com.threadly.benchmarks.report.Numbers.whole;

import com.threadly.benchmarks.report.Chart;
import com.threadly.benchmarks.report.Table;
import com.threadly.benchmarks.soak.Curve;
import com.threadly.benchmarks.soak.Pulse;
import com.threadly.benchmarks.soak.Rounds;
import com.threadly.benchmarks.stage.JvmOptions;
import com.threadly.localstack.LocalStack;
import com.threadly.localstack.RunningStack;
import com.threadly.localstack.StackOptions;
import com.threadly.localstack.TerminalProgress;
import com.threadly.localstack.Worker;
import com.threadly.localstack.check.Finding;
import com.threadly.localstack.check.Report;
import com.threadly.localstack.check.ReportTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench soak}: does anything grow or get lost while the whole stack works at a steady pace? */
@Command(
        name = "soak",
        mixinStandardHelpOptions = true,
        description = {
            "Broker, registry, database, a Pusher-protocol server, the workers and the gateway on this machine, events at an",
            "even pace. Every push is checked; heap, threads, connections and open files of each worker are drawn."
        })
final class SoakBench extends Bench {

    private static final int POINTS = 40;
    private static final int QUARTERS = 4;

    /** A full collection leaves garbage that is not worth compacting: a varying number of MiB. */
    private static final List<String> JVM_OPTIONS = Stream.concat(
                    JvmOptions.OURS.stream(), Stream.of("-XX:MarkSweepAlwaysCompactCount=1"))
            .toList();

    /** Each round brings new people; they are forgotten during the soak, so that memory can level off. */
    private static final Map<String, String> SETTINGS = Map.of("FORGET_AFTER", "6m");

    @Option(names = "--rate", description = "Events per second; default ${DEFAULT-VALUE}.")
    private int rate = 2_000;

    @Option(names = "--minutes", description = "Duration in minutes; default ${DEFAULT-VALUE}.")
    private int minutes = 20;

    @Option(
            names = "--picture",
            paramLabel = "FILE",
            description = "File for the curves, as SVG; default ${DEFAULT-VALUE}.")
    private Path picture = Path.of("docs/soak.svg");

    SoakBench(String arguments) {
        super("soak", arguments);
    }

    @Override
    Outcome measure(Path home) throws Exception {
        StackOptions options = StackOptions.defaults()
                .withHome(home)
                .withWorkerJvmOptions(JVM_OPTIONS)
                .withSettings(SETTINGS);
        try (LocalStack stack = LocalStack.start(options, TerminalProgress.onStandardError());
                Pulse pulse = Pulse.of(stack)) {
            progress(String.format(Locale.ROOT, "%s events/s for %d min", whole(rate), minutes));
            List<Report> reports =
                    new Rounds(stack, RunningStack.of(stack), rate).run(Duration.ofMinutes(minutes), this::report);
            Files.writeString(home.resolve(picture), drawing(pulse));
            return new Outcome(
                    String.format(Locale.ROOT, "Soak: %d minutes at %s events/s", minutes, whole(rate)),
                    deliveries(reports) + "\n" + vitals(pulse),
                    reports.stream().allMatch(Report::clean));
        }
    }

    private void report(Report report) {
        progress(String.format(
                Locale.ROOT,
                "%s events, %s pushes, lost %d, duplicated %d, p50 %s ms, p99 %s ms",
                whole((double) report.events()),
                whole((double) report.pushes()),
                report.lost().count(),
                report.duplicated().count(),
                millis(report.p50()),
                millis(report.p99())));
        if (!report.clean()) {
            progress(ReportTable.of(report));
        }
    }

    private static String deliveries(List<Report> reports) {
        return new Table(
                        "events",
                        "pushes",
                        "lost",
                        "duplicated",
                        "out of order",
                        "p50 ms",
                        "p99 ms",
                        "p99 ms of the worst 30 s")
                .row(
                        whole(sum(reports, Report::events)),
                        whole(sum(reports, Report::pushes)),
                        found(reports, Report::lost),
                        found(reports, Report::duplicated),
                        found(reports, Report::outOfOrder),
                        millis(median(reports, Report::p50)),
                        millis(median(reports, Report::p99)),
                        millis(reports.stream()
                                .map(Report::p99)
                                .max(Comparator.naturalOrder())
                                .orElse(Duration.ZERO)))
                .markdown();
    }

    private static String vitals(Pulse pulse) {
        var table = new Table("", "worker", "1st quarter", "2nd", "3rd", "4th");
        for (Curve curve : Curve.ALL) {
            for (Worker worker : Worker.values()) {
                List<Double> quarters = curve.over(pulse.of(worker), QUARTERS);
                table.row(
                        curve.title(),
                        worker.id(),
                        whole(quarters.get(0)),
                        whole(quarters.get(1)),
                        whole(quarters.get(2)),
                        whole(quarters.get(3)));
            }
        }
        return table.markdown();
    }

    private static double sum(List<Report> reports, ToLongFunction<Report> number) {
        return reports.stream().mapToLong(number).sum();
    }

    private static String found(List<Report> reports, Function<Report, Finding> kind) {
        return whole(sum(reports, report -> kind.apply(report).count()));
    }

    private static Duration median(List<Report> reports, Function<Report, Duration> time) {
        return reports.stream().map(time).sorted().toList().get(reports.size() / 2);
    }

    private static String millis(Duration time) {
        return oneDecimal(time.toNanos() / 1e6);
    }

    private String drawing(Pulse pulse) {
        return Chart.svg(
                Curve.DRAWN.stream()
                        .map(curve -> {
                            var lines = new LinkedHashMap<String, List<Double>>();
                            Arrays.stream(Worker.values())
                                    .forEach(worker -> lines.put(worker.id(), curve.over(pulse.of(worker), POINTS)));
                            return new Chart.Panel(curve.title(), lines);
                        })
                        .toList(),
                minutes + " min");
    }
}
