package com.threadly.stack.pusher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class FaultsTest {

    private static final Fault FAULT = new Fault.Status(500, null);

    private final Faults faults = new Faults();

    @Test
    void happensToSoManyRequestsAndNoMore() {
        faults.next(2, FAULT);

        assertThat(faults.take()).contains(FAULT);
        assertThat(faults.take()).contains(FAULT);
        assertThat(faults.take()).isEmpty();
    }

    @Test
    void happensUntilCleared() {
        faults.always(FAULT);
        assertThat(faults.take()).contains(FAULT);
        assertThat(faults.take()).contains(FAULT);

        faults.clear();

        assertThat(faults.take()).isEmpty();
    }

    @Test
    void switchesDoNotDisturbEachOther() {
        faults.delay(Duration.ofMillis(5));
        faults.reject("poison", 413);
        faults.next(1, FAULT);

        assertThat(faults.take()).contains(FAULT);
        assertThat(faults.delay()).isEqualTo(Duration.ofMillis(5));
        assertThat(faults.rejection(new Event("c", "e", "some poison", null))).contains(413);
        assertThat(faults.rejection(new Event("poison-c", "e", "", null))).contains(413);
        assertThat(faults.rejection(new Event("c", "poison", "", null))).contains(413);
        assertThat(faults.rejection(new Event("c", "e", "", null))).isEmpty();
    }

    @Test
    void whatHangsEndsWhenTheFaultIsReplaced() {
        faults.next(1, new Fault.Hang());
        faults.take();
        Thread hanging = Thread.startVirtualThread(() -> {
            try {
                faults.hang();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        faults.delay(Duration.ZERO);
        assertThat(hanging.isAlive()).isTrue();

        faults.clear();

        Awaitility.await().until(() -> !hanging.isAlive());
    }
}
