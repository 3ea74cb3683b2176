package com.threadly.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    /** So slow that at most one more request fits into this test. */
    private final RateLimit limit = new RateLimit(1);

    @Test
    void takesSomeSecondsWorthAtOnceAndThenSaysHowLongToWait() {
        long taken = IntStream.range(0, 100)
                .filter(_ -> limit.count("ana").isEmpty())
                .count();

        assertThat(taken).isBetween(5L, 10L);
        assertThat(limit.count("ana"))
                .hasValueSatisfying(wait -> assertThat(wait).isBetween(Duration.ZERO, Duration.ofSeconds(1)));
    }

    @Test
    void whatARequestCarriesCountsToo() {
        var large = new RateLimit(20);

        assertThat(large.count("ana")).isEmpty();
        assertThat(large.countMore("ana", 89)).isEmpty();
        assertThat(large.countMore("ana", 89)).isPresent();
        assertThat(large.countMore("ana", 0)).isEmpty();
    }

    @Test
    void whoCarriesMoreThanABurstNeedsAWholeOne() {
        assertThat(limit.count("ana")).isEmpty();
        assertThat(limit.countMore("ana", 99)).isEmpty();
        assertThat(limit.count("ana")).isPresent();
        assertThat(limit.countMore("ana", 99)).isPresent();
    }

    @Test
    void tellsHowMuchOfABurstIsSpent() {
        var large = new RateLimit(200);
        assertThat(large.spentPercent("ana")).isZero();

        var _ = large.countMore("ana", 998);

        assertThat(large.spentPercent("ana")).isBetween(50, 99);
        assertThat(large.spentPercent("ben")).isZero();
    }

    @Test
    void whatIsGivenBackCanBeSpentAgain() {
        for (int i = 0; i < 100; i++) {
            assertThat(limit.count("ana")).isEmpty();
            limit.giveBack("ana");
        }
        limit.giveBack("ben");

        assertThat(limit.spentPercent("ana")).isZero();
    }

    @Test
    void countsEachCallerAlone() {
        IntStream.range(0, 100).forEach(_ -> {
            var _ = limit.count("ana");
        });

        assertThat(limit.count("ben")).isEqualTo(Optional.empty());
    }
}
