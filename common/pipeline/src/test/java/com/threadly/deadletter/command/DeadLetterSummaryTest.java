package com.threadly.deadletter.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.deadletter.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadLetterSummaryTest {

    @Test
    void countsByTopicAndReason() {
        var summary = new DeadLetterSummary();
        summary.add(DeadLetterSamples.deadLetter(
                new Position(0, 0), Reason.REJECTED, DeadLetterSamples.NOW.minus(Duration.ofHours(3))));
        summary.add(DeadLetterSamples.deadLetter(
                new Position(0, 1), Reason.REJECTED, DeadLetterSamples.NOW.minus(Duration.ofMinutes(2))));
        summary.add(DeadLetterSamples.deadLetter(
                new Position(0, 2), Reason.INVALID, DeadLetterSamples.NOW.minus(Duration.ofDays(2))));

        assertThat(summary.lines(DeadLetterSamples.NOW))
                .containsExactly(
                        "TOPIC           REASON    LETTERS  REDRIVEN  OLDEST  NEWEST",
                        "message-events  INVALID   1        0         2d      2d",
                        "message-events  REJECTED  2        0         3h      2m",
                        "total                     3        0         2d      2m");
    }

    @Test
    void saysWhenThereAreNone() {
        assertThat(new DeadLetterSummary().lines(DeadLetterSamples.NOW)).containsExactly("no dead letters");
    }

    @Test
    void keepsTheNewest() {
        var newest = new NewestDeadLetters(2);
        for (int minutes : new int[] {3, 1, 2}) {
            newest.add(DeadLetterSamples.deadLetter(
                    new Position(0, minutes), Reason.FAILED, DeadLetterSamples.NOW.minus(Duration.ofMinutes(minutes))));
        }

        assertThat(newest.letters())
                .extracting(DeadLetter::position)
                .containsExactly(new Position(0, 2), new Position(0, 1));
        assertThat(newest.count()).isEqualTo("the newest 2 of 3 dead letters; --limit shows more");
    }
}
