package com.threadly.pusher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InFlightLimitTest {

    private static final int MOST = 64;

    private final InFlightLimit limit = new InFlightLimit(MOST);

    @Test
    void isWhatIsAllowedUntilSomethingIsTooMany() {
        assertThat(limit.current()).isEqualTo(MOST);
        limit.delivered(MOST);
        assertThat(limit.current()).isEqualTo(MOST);
    }

    @Test
    void halvesOnceARoundAndNeverBelowOne() {
        int round = limit.round();
        assertThat(limit.refused(round)).isEqualTo(1);
        assertThat(limit.refused(round)).isEqualTo(2);
        assertThat(limit.current()).isEqualTo(32);

        for (int i = 0; i < 20; i++) {
            var _ = limit.refused(limit.round());
        }
        assertThat(limit.current()).isEqualTo(1);
        limit.delivered(1);
        assertThat(limit.refused(round)).as("in a row").isEqualTo(1);
    }

    @Test
    void growsByOneWithEachRoundTripThatUsesItUp() {
        var _ = limit.refused(limit.round());
        deliver(33);
        assertThat(limit.current()).isEqualTo(33);

        for (int i = 0; i < 1_000; i++) {
            limit.delivered(1);
        }
        assertThat(limit.current()).as("while it is not needed").isEqualTo(33);

        deliver(10_000);
        assertThat(limit.current()).isEqualTo(MOST);
    }

    @Test
    void doublesWithEachRoundTripAfterAnOutageUpToHalfOfWhatItWas() {
        limit.outage();
        assertThat(limit.current()).isEqualTo(1);
        for (int expected = 2; expected <= 32; expected *= 2) {
            deliver(limit.current());
            assertThat(limit.current()).isEqualTo(expected);
        }
        deliver(33);
        assertThat(limit.current()).isEqualTo(33);
    }

    private void deliver(int requests) {
        for (int i = 0; i < requests; i++) {
            limit.delivered(limit.current());
        }
    }
}
