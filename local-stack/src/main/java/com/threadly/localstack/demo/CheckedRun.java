package com.threadly.localstack.demo;

import com.threadly.localstack.DevelopmentTokens;
import com.threadly.localstack.LocalStack;
import com.threadly.localstack.RunningStack;
import com.threadly.localstack.check.CheckLimits;
import com.threadly.localstack.check.CheckProgress;
import com.threadly.localstack.check.DeliveryCheck;
import com.threadly.localstack.check.Report;
import com.threadly.localstack.check.ReportTable;
import com.threadly.localstack.traffic.Mix;
import com.threadly.localstack.traffic.Pace;
import com.threadly.localstack.traffic.TrafficProducer;
import com.threadly.localstack.traffic.World;
import com.threadly.localstack.traffic.WorldSize;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Locale;
import java.util.function.Consumer;

/** Sends events as fast as they are accepted, and reports whether each promised push arrived once and in order. */
public final class CheckedRun {

    private static final int NOT_KEPT = 1;

    private final LocalStack stack;
    private final RunningStack addresses;
    private final PrintStream out;
    private final PrintStream progress;
    private final Clock clock;

    public CheckedRun(LocalStack stack, RunningStack addresses, PrintStream out, PrintStream progress, Clock clock) {
        this.stack = stack;
        this.addresses = addresses;
        this.out = out;
        this.progress = progress;
        this.clock = clock;
    }

    /** The process's exit code: 0 if every promise was kept. */
    public int run(int events, long seed) throws InterruptedException {
        progress.printf(Locale.ROOT, "subscribing, then sending %,d events (--seed %d repeats them)%n", events, seed);
        Report report = report(events, seed, this::show);
        progress.println();
        out.print(ReportTable.of(report));
        out.flush();
        return report.clean() ? 0 : NOT_KEPT;
    }

    /** The result; {@code watcher} receives the progress meanwhile. */
    Report report(int events, long seed, Consumer<CheckProgress> watcher) throws InterruptedException {
        try (TrafficProducer producer = addresses.producer()) {
            return check(stack, addresses, producer, clock)
                    .run(
                            new DeliveryCheck.Traffic(
                                    World.of(seed, WorldSize.STANDARD), Mix.STANDARD, seed, events, Pace::unlimited),
                            CheckLimits.STANDARD,
                            watcher);
        }
    }

    /** A check that sends traffic to {@code stack} through {@code producer} and listens as its users. */
    public static DeliveryCheck check(LocalStack stack, RunningStack addresses, TrafficProducer producer, Clock clock) {
        var tokens = new DevelopmentTokens(addresses.developmentSecret(), clock);
        return new DeliveryCheck(
                producer,
                addresses.pusher(),
                stack.gateway(),
                (user, conversations, orders) -> tokens.token(user, user, conversations, orders),
                clock);
    }

    private void show(CheckProgress now) {
        progress.printf(
                Locale.ROOT, "\r%,d events, %,d pushes, %,d missing   ", now.events(), now.pushes(), now.missing());
        progress.flush();
    }
}
