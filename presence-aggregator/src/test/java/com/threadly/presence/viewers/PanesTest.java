package com.threadly.presence.viewers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PanesTest {

    private final Panes panes =
            Panes.NONE.oneMoreIn(20).oneMoreIn(10).oneMoreIn(30).oneMoreIn(20);

    @Test
    void addUp() {
        assertThat(total(panes)).isEqualTo(4);
        assertThat(panes.first()).isEqualTo(10);
        assertThat(total(panes.since(20))).isEqualTo(3);
        assertThat(panes.since(31)).isEqualTo(Panes.NONE);
    }

    @Test
    void loseMembersAndVanishWithTheLast() {
        assertThat(total(panes.oneFewerIn(20))).isEqualTo(3);
        assertThat(panes.oneFewerIn(10).first()).isEqualTo(20);
        assertThat(panes.oneFewerIn(30)).isEqualTo(panes.since(10).oneFewerIn(30));
        assertThat(panes.oneFewerIn(15)).isEqualTo(panes);
    }

    @Test
    void areThoseOfAWindow() {
        assertThat(panes.totalBetween(10, 30)).isEqualTo(3);
        assertThat(panes.totalBetween(11, 31)).isEqualTo(3);
        assertThat(panes.totalBetween(31, 40)).isZero();
    }

    private static long total(Panes panes) {
        return panes.totalBetween(0, Long.MAX_VALUE);
    }
}
