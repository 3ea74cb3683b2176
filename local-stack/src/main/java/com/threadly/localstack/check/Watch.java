package com.threadly.localstack.check;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Updates the ledger with observations, and decides when to stop waiting for more. */
final class Watch {

    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration BETWEEN_REPORTS = Duration.ofMillis(500);

    private final Ledger ledger;
    private final BlockingQueue<Observation> observations;
    private final CheckLimits limits;
    private final Clock clock;
    private final Consumer<CheckProgress> progress;

    Watch(
            BlockingQueue<Observation> observations,
            CheckLimits limits,
            Clock clock,
            Consumer<CheckProgress> progress,
            DeliveryListener listener) {
        this.ledger = new Ledger(listener);
        this.observations = observations;
        this.limits = limits;
        this.clock = clock;
        this.progress = progress;
    }

    /** Returns once everything is delivered or given up. Throws what {@code publishing} failed with. */
    Report until(CompletableFuture<Void> publishing) throws InterruptedException {
        Instant start = clock.instant();
        Instant lastMove = start;
        Instant reported = start;
        while (true) {
            boolean wasDone = publishing.isDone();
            boolean moved = enterAll();
            Instant now = clock.instant();
            lastMove = moved ? now : lastMove;
            if (!Duration.between(reported, now).minus(BETWEEN_REPORTS).isNegative()) {
                reported = now;
                progress.accept(new CheckProgress(ledger.events(), ledger.pushes(), ledger.missing()));
            }
            if (wasDone) {
                publishing.join();
            }
            Duration patience = ledger.missing() > 0 ? limits.silence() : limits.settle();
            boolean quiet = wasDone && Duration.between(lastMove, now).compareTo(patience) > 0;
            if (quiet || Duration.between(start, now).compareTo(limits.total()) > 0) {
                return ledger.report();
            }
        }
    }

    /** Whether something was published or a promise kept; pushes without a promise may go on forever. */
    private boolean enterAll() throws InterruptedException {
        Observation first = observations.poll(POLL.toMillis(), TimeUnit.MILLISECONDS);
        if (first == null) {
            return false;
        }
        List<Observation> batch = new ArrayList<>(List.of(first));
        observations.drainTo(batch, 10_000);
        long events = ledger.events();
        int missing = ledger.missing();
        batch.forEach(observation -> observation.enter(ledger));
        return ledger.events() != events || ledger.missing() != missing;
    }
}
