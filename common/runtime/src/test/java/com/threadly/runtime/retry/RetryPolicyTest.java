package com.threadly.runtime.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {

    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration CAP = Duration.ofSeconds(10);

    @ParameterizedTest
    @CsvSource({"1, 100", "2, 200", "3, 400", "7, 6400", "8, 10000", "9, 10000", "1000, 10000", "2147483647, 10000"})
    void doublesUpToItsCap(int failures, long millis) {
        assertThat(new RetryPolicy(FIRST, CAP, 0).waitAfter(failures)).hasMillis(millis);
    }

    @ParameterizedTest
    @CsvSource({"1, 50, 150", "2, 100, 300", "20, 5000, 10000"})
    void spreadsByItsJitterButNotBeyondItsCap(int failures, long least, long most) {
        assertThat(IntStream.range(0, 1_000)
                        .mapToObj(_ -> RetryPolicy.STANDARD.waitAfter(failures).toMillis()))
                .allSatisfy(millis -> assertThat(millis).isBetween(least, most))
                .satisfies(
                        waits -> assertThat(waits.stream().distinct().count()).isGreaterThan(10));
    }

    @Test
    void waitsTheSameTimeEachTimeWhereItIsFixed() {
        assertThat(IntStream.of(1, 2, 50).mapToObj(RetryPolicy.every(FIRST)::waitAfter))
                .containsOnly(FIRST);
    }

    @Test
    void isCappedBelowItsFirstWait() {
        assertThat(RetryPolicy.STANDARD.cappedAt(Duration.ofMillis(20)).waitAfter(1))
                .isBetween(Duration.ofMillis(10), Duration.ofMillis(20));
    }

    @Test
    void refusesWhatWouldNeverWait() {
        assertThatThrownBy(() -> RetryPolicy.every(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RetryPolicy(CAP, FIRST, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RetryPolicy(FIRST, CAP, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
