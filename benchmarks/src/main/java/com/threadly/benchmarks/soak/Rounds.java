package com.threadly.benchmarks.soak;

import com.threadly.localstack.LocalStack;
import com.threadly.localstack.RunningStack;
import com.threadly.localstack.check.CheckLimits;
import com.threadly.localstack.check.DeliveryCheck;
import com.threadly.localstack.check.Report;
import com.threadly.localstack.demo.CheckedRun;
import com.threadly.localstack.traffic.Mix;
import com.threadly.localstack.traffic.Pace;
import com.threadly.localstack.traffic.TrafficProducer;
import com.threadly.localstack.traffic.World;
import com.threadly.localstack.traffic.WorldSize;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Traffic at an even pace, in rounds that follow each other without a gap. Each has its own people and channels, so
 * that it can be checked by itself and its check discarded; the next one subscribes meanwhile.
 */
public final class Rounds {

    private static final Duration ROUND = Duration.ofSeconds(30);
    private static final Duration TO_SUBSCRIBE = Duration.ofSeconds(15);

    /** Without announcements: they would reach the people of the next round, too. */
    private static final Mix MIX = new Mix(600, 200, 120, 50, 30, 0);

    private final LocalStack stack;
    private final RunningStack addresses;
    private final int rate;

    public Rounds(LocalStack stack, RunningStack addresses, int rate) {
        this.stack = stack;
        this.addresses = addresses;
        this.rate = rate;
    }

    /** Runs for {@code duration}, in whole rounds; {@code done} receives each report when its check ends. */
    public List<Report> run(Duration duration, Consumer<Report> done) throws Exception {
        int rounds = Math.max(1, (int) duration.dividedBy(ROUND));
        long begin = System.nanoTime() + TO_SUBSCRIBE.toNanos();
        try (TrafficProducer producer = addresses.producer();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            DeliveryCheck check = CheckedRun.check(stack, addresses, producer, Clock.systemUTC());
            List<Future<Report>> reports = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                int seed = round + 1;
                long publishing = begin + round * ROUND.toNanos();
                Thread.sleep(Duration.ofNanos(Math.max(0, publishing - TO_SUBSCRIBE.toNanos() - System.nanoTime())));
                reports.add(threads.submit(() -> {
                    Report report = check.run(traffic(seed, publishing), CheckLimits.STANDARD, _ -> {});
                    done.accept(report);
                    return report;
                }));
            }
            List<Report> all = new ArrayList<>();
            for (Future<Report> report : reports) {
                all.add(report.get());
            }
            return all;
        }
    }

    private DeliveryCheck.Traffic traffic(int seed, long publishing) {
        return new DeliveryCheck.Traffic(
                World.of(seed, WorldSize.STANDARD),
                MIX,
                seed,
                Math.toIntExact(rate * ROUND.toSeconds()),
                () -> Pace.perSecond(rate, publishing));
    }
}
