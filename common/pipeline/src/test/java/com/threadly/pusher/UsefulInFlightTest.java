package com.threadly.pusher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsefulInFlightTest {

    private static final int MOST = 128;
    private static final double NANOS = 1e9;

    private final UsefulInFlight limit = new UsefulInFlight(MOST);
    private final Random random = new Random(7);
    private double now;

    /** A server that needs {@code millis} for a request and handles {@code capacity} in a second. */
    private record Server(double millis, double capacity) {

        double rate(int inFlight) {
            return Math.min(inFlight * 1000 / millis, capacity);
        }
    }

    /** The shares of what all in flight would deliver, and of these in flight. */
    private record Mean(double delivered, double inFlight) {}

    @Test
    void keepsFewInFlightNextDoor() {
        var _ = during(10, new Server(0.4, 5_000), 0);
        assertThat(limit.current()).isLessThanOrEqualTo(16);
    }

    @Test
    void keepsFewInFlightWhateverTheRateDoesForOtherReasons() {
        for (int second = 0; second < 20; second++) {
            var _ = during(1, new Server(0.4, 1_000 + second * 200), 0.1);
        }
        assertThat(during(60, new Server(0.4, 5_000), 0.1).inFlight()).isLessThan(0.25);
    }

    @ParameterizedTest
    @CsvSource({
        "0.4, 5000, 0",
        "0.4, 5000, 0.1",
        "2, 5000, 0.1",
        "5, 9000, 0.1",
        "20, 1e9, 0.1",
        "50, 1e9, 0",
        "50, 1e9, 0.1",
        "400, 1e9, 0.1",
        "2000, 1e9, 0.05"
    })
    void deliversAsMuchAsAllInFlightWould(double millis, double capacity, double noise) {
        var server = new Server(millis, capacity);
        var _ = during(20, server, noise);
        Mean mean = during(600, server, noise);
        assertThat(mean.delivered()).isGreaterThan(0.95);
        if (millis * capacity > 1e6) {
            assertThat(mean.inFlight()).isGreaterThan(0.95);
        }
    }

    @ParameterizedTest
    @CsvSource({"4, 5000", "20, 1e9", "50, 1e9", "1000, 1e9"})
    void getsMoreInFlightSoonWhenTheServerBecomesSlower(double millis, double capacity) {
        var _ = during(120, new Server(0.4, 5_000), 0.05);
        var slow = new Server(millis, capacity);
        var _ = during(8, slow, 0.05);
        assertThat(during(30, slow, 0.05).delivered()).isGreaterThan(0.9);
    }

    @Test
    void changesNothingWhileLessIsInFlight() {
        for (int i = 0; i < 1_000_000; i++) {
            now += 100_000;
            limit.delivered(MOST - 1, (long) now);
        }
        assertThat(limit.current()).isEqualTo(MOST);
    }

    @Test
    void isWhatIsAllowedWhereThatIsLittle() {
        var few = new UsefulInFlight(UsefulInFlight.FEWEST);
        for (int i = 0; i < 1_000_000; i++) {
            now += 100_000;
            few.delivered(UsefulInFlight.FEWEST, (long) now);
        }
        assertThat(few.current()).isEqualTo(UsefulInFlight.FEWEST);
    }

    /** {@code noise} is the standard deviation of a tenth of a second's rate, as a share of it. */
    private Mean during(int seconds, Server server, double noise) {
        double until = now + seconds * NANOS;
        double delivered = 0;
        double inFlight = 0;
        while (now < until) {
            double luck = Math.max(0.3, 1 + noise * random.nextGaussian());
            double tenth = now + NANOS / 10;
            while (now < tenth) {
                int current = limit.current();
                double taken = NANOS / (server.rate(current) * luck);
                now += taken;
                delivered++;
                inFlight += current * taken;
                limit.delivered(current, (long) now);
            }
        }
        return new Mean(delivered / (server.rate(MOST) * seconds), inFlight / (MOST * seconds * NANOS));
    }
}
