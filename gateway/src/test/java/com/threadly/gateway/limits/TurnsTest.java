package com.threadly.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private static final Duration LONG = Duration.ofMinutes(5);

    private final List<Integer> order = new CopyOnWriteArrayList<>();

    @Test
    void whoHasSpentLeastIsNextWhoeverCameFirst() throws Exception {
        var turns = new Turns(1, LONG);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            try (var _ = turns.await(0).orElseThrow()) {
                for (int spent : List.of(100, 20, 100, 49)) {
                    int waiting = turns.waiting();
                    var _ = threads.submit(() -> {
                        take(turns, spent);
                        return null;
                    });
                    await().until(() -> turns.waiting() > waiting);
                }
            }
        }
        assertThat(order).containsExactly(20, 49, 100, 100);
    }

    @Test
    void asManyAsThereAreTurnsRunAtATime() throws Exception {
        var turns = new Turns(2, Duration.ZERO);

        try (var _ = turns.await(0).orElseThrow();
                var _ = turns.await(0).orElseThrow()) {
            assertThat(turns.await(0)).isEmpty();
        }
        assertThat(turns.await(100)).isPresent();
        assertThat(turns.await(100)).isPresent();
        assertThat(turns.waiting()).isZero();
    }

    @Test
    void aCallerThatGoesAwayIsLeftOut() throws Exception {
        var turns = new Turns(1, LONG);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var entered = new CountDownLatch(1);
            try (var _ = turns.await(0).orElseThrow()) {
                Future<?> first = threads.submit(() -> {
                    take(turns, 1);
                    return null;
                });
                await().until(() -> turns.waiting() == 1);
                var _ = threads.submit(() -> {
                    take(turns, 2);
                    entered.countDown();
                    return null;
                });
                await().until(() -> turns.waiting() == 2);
                first.cancel(true);
                await().until(() -> turns.waiting() == 1);
            }
            entered.await();
        }
        assertThat(order).containsExactly(2);
    }

    @Test
    void aQuarterOfTheConnectionsIsForTurns() throws Exception {
        var one = Turns.besideOthers(3);

        assertThat(one.await(0)).isPresent();
        assertThat(one.await(0)).isEmpty();
    }

    private void take(Turns turns, int spent) throws InterruptedException {
        try (var _ = turns.await(spent).orElseThrow()) {
            order.add(spent);
        }
    }
}
