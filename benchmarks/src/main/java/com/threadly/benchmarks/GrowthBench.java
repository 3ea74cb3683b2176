package com.threadly.benchmarks;

import static com.threadly.benchmarks.report.Numbers.oneDecimal;
import static com.threadly.benchmarks.report.Numbers.whole;

import com.threadly.benchmarks.MeasuredWindow.Speed;
import com.threadly.benchmarks.report.Table;
import com.threadly.benchmarks.stage.Corpus;
import com.threadly.benchmarks.stage.CorpusPlan;
import com.threadly.benchmarks.stage.Engine;
import com.threadly.benchmarks.stage.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench growth}: the cost of a message as the number of conversations grows. */
@Command(
        name = "growth",
        mixinStandardHelpOptions = true,
        description = "The same number of messages, spread evenly over more and more conversations.")
final class GrowthBench extends StagedBench {

    @Option(names = "--conversations", split = ",", description = "${DEFAULT-VALUE}")
    private List<Integer> conversations = List.of(10, 100, 1_000, 10_000, 100_000, 1_000_000);

    @Option(names = "--delay", description = "Delay of the stub in milliseconds; default ${DEFAULT-VALUE}.")
    private int delay = 0;

    @Option(names = "--rounds", description = "Rounds, of which the median is reported; default ${DEFAULT-VALUE}.")
    private int rounds = 3;

    @Option(names = "--warm-up", description = "Seconds from the first message; default ${DEFAULT-VALUE}.")
    private int warmUp = 6;

    @Option(names = "--seconds", description = "Seconds measured after that; default ${DEFAULT-VALUE}.")
    private int seconds = 8;

    @Option(names = "--messages", description = "Messages prepared; default ${DEFAULT-VALUE}.")
    private int messages = 1_000_000;

    GrowthBench(String arguments) {
        super("growth", arguments);
    }

    @Override
    Outcome measure(Stage stage) throws Exception {
        var window = new MeasuredWindow(Duration.ofSeconds(warmUp), Duration.ofSeconds(seconds));
        var table =
                new Table("conversations", "events/s", "events/request", "CPU µs/event", "peak MiB", "in order, once");
        boolean sound = true;
        for (int some : conversations) {
            progress("writing %s messages of %s conversations".formatted(whole(messages), whole(some)));
            Corpus corpus = stage.write(new CorpusPlan(messages, some, 0, 0));
            var speeds = new Speeds();
            for (int round = 1; round <= rounds; round++) {
                Speed speed = window.of(Engine.OURS, corpus, Duration.ofMillis(delay), stage);
                speeds.add(speed);
                progress(String.format(
                        Locale.ROOT,
                        "round %d: %s events/s, %s µs/event",
                        round,
                        whole(speed.events()),
                        oneDecimal(speed.cpuMicros())));
            }
            sound &= speeds.sound();
            table.row(
                    whole(some),
                    whole(speeds.median(Speed::events)),
                    oneDecimal(speeds.median(Speed::batch)),
                    oneDecimal(speeds.median(Speed::cpuMicros)),
                    whole(speeds.median(Speed::peakMiB)),
                    speeds.sound() ? "yes" : "NO");
        }
        return new Outcome(
                String.format(Locale.ROOT, "Growth of conversations, stub at %d ms", delay), table.markdown(), sound);
    }
}
