package com.threadly.presence.viewers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class PaneTest {

    @Test
    void isExactWhileSmall() {
        assertThat(Pane.distinctUsers(List.of(users(0, 1_500), users(500, 2_000))))
                .isEqualTo(2_000);
        assertThat(Pane.distinctUsers(List.of())).isZero();
    }

    @Test
    void staysWithinItsErrorBoundAndItsSizeWhenHuge() {
        Pane first = users(0, 60_000);
        Pane second = users(40_000, 100_000);

        // Three standard errors of 2.2%.
        assertThat(Pane.distinctUsers(List.of(first, second))).isCloseTo(100_000, Percentage.withPercentage(6.6));
        assertThat(first.toBytes().length).isLessThanOrEqualTo(8 * (Pane.NOMINAL_ENTRIES + 3));
    }

    @Test
    void changesNothingForAUserItAlreadyHas() {
        Pane pane = users(0, 10);

        assertThat(pane.with("user-3")).isEmpty();
        assertThat(pane.with("user-10")).isPresent();
    }

    private static Pane users(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(user -> "user-" + user)
                .reduce(Pane.EMPTY, (pane, user) -> pane.with(user).orElse(pane), (a, b) -> {
                    throw new IllegalStateException("sequential");
                });
    }
}
