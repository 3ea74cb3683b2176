package com.threadly.pusher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ChannelRateLimiterTest {

    private static final long SECOND = 1_000_000_000;

    @Test
    void givesASecondsWorthAtOnceAndThenAsMuchAsTimeBrings() {
        var rate = new ChannelRateLimiter(10);

        assertThat(rate.take("c", 25, 0)).isEqualTo(10);
        assertThat(rate.take("c", 1, 0)).isZero();
        assertThat(rate.nanosUntil("c", 3, 0)).isEqualTo(3 * SECOND / 10);
        assertThat(rate.take("c", 25, 3 * SECOND / 10)).isEqualTo(3);
        assertThat(rate.take("another", 5, 0)).isEqualTo(5);
    }

    @Property(tries = 200)
    void neverGivesMoreThanTheRateAndLetsWhoWaitedHaveIt(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 500) int perSecond) {
        var random = new Random(seed);
        var rate = new ChannelRateLimiter(perSecond);
        long start = random.nextLong();
        long now = start;
        long taken = 0;
        for (int i = 0; i < 300; i++) {
            now += random.nextLong(SECOND / 20);
            int wanted = 1 + random.nextInt(10);
            taken += rate.take("c", wanted, now);
            // Others come and go; only entries with a full allowance may be removed.
            rate.take("other" + i, 1, now);
            assertThat(taken)
                    .isLessThanOrEqualTo(perSecond + (long) Math.ceil((now - start) / (double) SECOND * perSecond) + 1);
            int least = Math.min(wanted, perSecond);
            now += rate.nanosUntil("c", least, now);
            int given = rate.take("c", least, now);
            assertThat(given).isEqualTo(least);
            taken += given;
        }
    }
}
