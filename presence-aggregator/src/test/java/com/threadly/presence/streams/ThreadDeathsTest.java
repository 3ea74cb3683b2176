package com.threadly.presence.streams;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.presence.streams.ThreadDeaths.Death;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ThreadDeathsTest {

    private static final Instant START = Instant.parse("2026-11-01T12:00:00Z");

    @Test
    void reportsADeathForAMinuteEvenWhileAllRun() {
        ThreadDeaths deaths = ThreadDeaths.NONE.and(death("a full disk", 0));

        assertThat(deaths.trouble(START.plusSeconds(59), true))
                .hasValueSatisfying(trouble -> assertThat(trouble).contains("1 time(s)", "a full disk"));
        assertThat(deaths.trouble(START.plusSeconds(60), true)).isEmpty();
        assertThat(ThreadDeaths.NONE.trouble(START, false)).isEmpty();
    }

    @Test
    void countsThoseOfTheLastMinuteAndReportsTheLatestCause() {
        ThreadDeaths deaths = ThreadDeaths.NONE
                .and(death("a full disk", 0))
                .and(death("a full disk", 30))
                .and(death("a topic that is too narrow", 70));

        assertThat(deaths.trouble(START.plusSeconds(71), true))
                .hasValueSatisfying(trouble -> assertThat(trouble).contains("2 time(s)", "a topic that is too narrow"));
        assertThat(deaths.includes("a full disk")).isTrue();
        assertThat(deaths.at(START.plusSeconds(95)).includes("a full disk")).isFalse();
    }

    @Test
    void aRowEndsWhenNothingDiedForAMinute() {
        ThreadDeaths deaths = ThreadDeaths.NONE;
        for (int second = 0; second <= 300; second += 50) {
            deaths = deaths.and(death("a full disk", second));
        }
        assertThat(deaths.inARow()).isEqualTo(7);
        assertThat(deaths.recent()).hasSize(2);
        assertThat(deaths.and(death("a full disk", 360)).inARow()).isEqualTo(1);
    }

    @Test
    void aMissingTopicIsOverAsSoonAsThreadsRun() {
        ThreadDeaths deaths =
                ThreadDeaths.NONE.and(death("a full disk", 0)).and(new Death("no topic", START.plusSeconds(1), true));

        assertThat(deaths.trouble(START.plusSeconds(2), false)).contains("no topic");
        assertThat(deaths.trouble(START.plusSeconds(2), true))
                .hasValueSatisfying(trouble -> assertThat(trouble).contains("a full disk"));
        assertThat(deaths.trouble(START.plusSeconds(60), true)).isEmpty();
    }

    private static Death death(String cause, int second) {
        return new Death(cause, START.plusSeconds(second), false);
    }
}
