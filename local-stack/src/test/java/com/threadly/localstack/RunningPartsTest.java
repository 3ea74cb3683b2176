package com.threadly.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class RunningPartsTest {

    private final RunningParts parts = new RunningParts(Progress.silent());
    private final List<String> closed = new CopyOnWriteArrayList<>();

    @Test
    void stopsLayersFromTheTopAndOnce() {
        parts.beginLayer();
        parts.start("broker", () -> part("broker"));
        parts.beginLayer();
        parts.start("worker", () -> part("worker"));
        parts.start("gateway", () -> part("gateway"));

        parts.close();
        parts.close();
        assertThat(closed).hasSize(3).endsWith("broker").contains("worker", "gateway");
    }

    @Test
    void stopsTheRestWhenOnePartDoesNot() {
        parts.beginLayer();
        parts.add("broker", part("broker"));
        parts.beginLayer();
        parts.add("stubborn", () -> {
            throw new IllegalStateException("no");
        });

        parts.close();
        assertThat(closed).containsExactly("broker");
    }

    @Test
    void waitsForAPartThatStartsAndStopsItToo() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        parts.beginLayer();
        Thread start = Thread.startVirtualThread(() -> parts.start("slow", () -> {
            begun.countDown();
            await(goOn);
            return part("slow");
        }));
        begun.await();
        Thread close = Thread.startVirtualThread(parts::close);
        Awaitility.await()
                .untilAsserted(() -> assertThatThrownBy(() -> parts.start("late", () -> part("late")))
                        .hasMessage("The stack is stopping"));
        assertThat(closed).isEmpty();

        goOn.countDown();
        start.join();
        close.join();
        assertThat(closed).contains("slow");
    }

    private AutoCloseable part(String name) {
        return () -> closed.add(name);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
