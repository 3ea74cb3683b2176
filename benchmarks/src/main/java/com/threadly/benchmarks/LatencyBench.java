package com.threadly.benchmarks;

import static com.threadly.benchmarks.report.Numbers.oneDecimal;
import static com.threadly.benchmarks.report.Numbers.whole;

import com.threadly.benchmarks.report.Table;
import com.threadly.benchmarks.stage.CorpusPlan;
import com.threadly.benchmarks.stage.Engine;
import com.threadly.benchmarks.stage.PacedWriter;
import com.threadly.benchmarks.stage.RunningEngine;
import com.threadly.benchmarks.stage.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench latency}: the time of a message from the broker's acknowledgement to Pusher. */
@Command(
        name = "latency",
        mixinStandardHelpOptions = true,
        description = {
            "Messages are published at an even pace while an engine runs. Each one's time is measured from the broker's",
            "acknowledgement to the stub's receipt."
        })
final class LatencyBench extends StagedBench {

    private static final double ZIPF = 0.5;
    private static final double NANOS_A_MILLI = 1e6;

    @Option(
            names = "--delays",
            split = ",",
            description = "Delay of the stub in milliseconds; default ${DEFAULT-VALUE}.")
    private List<Integer> delays = List.of(0, 20, 50);

    @Option(
            names = "--engines",
            split = ",",
            description = "Any of ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
    private List<Engine> engines = List.of(Engine.OURS);

    @Option(names = "--rate", description = "Messages per second; default ${DEFAULT-VALUE}.")
    private int rate = 1_000;

    @Option(names = "--warm-up", description = "Seconds of warm-up, not measured; default ${DEFAULT-VALUE}.")
    private int warmUp = 15;

    @Option(names = "--seconds", description = "Seconds measured after that; default ${DEFAULT-VALUE}.")
    private int seconds = 30;

    @Option(names = "--conversations", description = "${DEFAULT-VALUE}")
    private int conversations = 10_000;

    private boolean sound = true;

    LatencyBench(String arguments) {
        super("latency", arguments);
    }

    @Override
    Outcome measure(Stage stage) throws Exception {
        var table = new Table("engine", "delay", "messages", "p50 ms", "p90 ms", "p99 ms", "p99.9 ms", "max ms");
        for (int delay : delays) {
            for (Engine engine : engines) {
                Histogram nanos = latencies(engine, Duration.ofMillis(delay), stage);
                table.row(
                        engine.title(),
                        delay + " ms",
                        whole((double) nanos.getTotalCount()),
                        millis(nanos.getValueAtPercentile(50)),
                        millis(nanos.getValueAtPercentile(90)),
                        millis(nanos.getValueAtPercentile(99)),
                        millis(nanos.getValueAtPercentile(99.9)),
                        millis(nanos.getMaxValue()));
            }
        }
        return new Outcome("Latency at %s messages/s".formatted(whole(rate)), table.markdown(), sound);
    }

    private Histogram latencies(Engine engine, Duration delay, Stage stage) throws Exception {
        int messages = rate * (warmUp + seconds);
        var plan = new CorpusPlan(messages, conversations, ZIPF, 0);
        stage.stub().begin(delay, conversations, messages);
        try (RunningEngine running = stage.launch(engine, stage.emptied(plan));
                PacedWriter writer = stage.paced(plan)) {
            if (engine == Engine.OURS) {
                running.awaitReady();
            }
            progress(String.format(
                    Locale.ROOT,
                    "%s at %d ms: %s messages/s for %d s",
                    engine.title(),
                    delay.toMillis(),
                    whole(rate),
                    warmUp + seconds));
            writer.write(rate);
            running.awaitMessages(messages);
            sound &= stage.stub().report().inOrderAndOnce();
            return histogram(writer, stage.stub().arrivals());
        }
    }

    private Histogram histogram(PacedWriter writer, long[] arrivals) {
        var histogram = new Histogram(3);
        for (int number = rate * warmUp; number < arrivals.length; number++) {
            // The push may arrive before the producer's own thread has recorded the acknowledgement.
            histogram.recordValue(Math.max(0, arrivals[number] - writer.acknowledged(number)));
        }
        return histogram;
    }

    private static String millis(long nanos) {
        return oneDecimal((double) nanos / NANOS_A_MILLI);
    }
}
