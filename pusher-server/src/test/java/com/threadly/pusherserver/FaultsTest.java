package com.threadly.pusherserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class FaultsTest {

    private static final Fault FAULT = new Fault.Status(500, null);

    private final Faults faults = new Faults();

    @Test
    void happensToSoManyRequestsAndNoMore() {
        faults.next(2, FAULT);

        assertThat(taken()).contains(FAULT);
        assertThat(taken()).contains(FAULT);
        assertThat(faults.take()).isEmpty();
    }

    @Test
    void happensUntilCleared() {
        faults.always(FAULT);
        assertThat(taken()).contains(FAULT);
        assertThat(taken()).contains(FAULT);

        faults.clear();

        assertThat(faults.take()).isEmpty();
    }

    @Test
    void switchesDoNotDisturbEachOther() {
        faults.delay(Duration.ofMillis(5));
        faults.reject("poison", 413);
        faults.next(1, FAULT);

        assertThat(taken()).contains(FAULT);
        assertThat(faults.delay()).isEqualTo(Duration.ofMillis(5));
        assertThat(faults.rejection(new Event("c", "e", "some poison", null))).contains(413);
        assertThat(faults.rejection(new Event("poison-c", "e", "", null))).contains(413);
        assertThat(faults.rejection(new Event("c", "poison", "", null))).contains(413);
        assertThat(faults.rejection(new Event("c", "e", "", null))).isEmpty();
    }

    @Test
    void whatHangsEndsWhenTheFaultIsReplacedAndNotBefore() {
        faults.next(1, new Fault.Hang());
        CountDownLatch released = faults.take().orElseThrow().released();

        faults.delay(Duration.ZERO);
        assertThat(released.getCount()).isEqualTo(1);

        faults.clear();
        assertThat(released.getCount()).isZero();
    }

    private Optional<Fault> taken() {
        return faults.take().map(Faults.Taken::fault);
    }
}
