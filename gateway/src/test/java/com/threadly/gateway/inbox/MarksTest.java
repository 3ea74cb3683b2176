package com.threadly.gateway.inbox;

import static com.threadly.events.NotificationState.ARCHIVED;
import static com.threadly.events.NotificationState.READ;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarksTest {

    private static final UUID A = new UUID(0, 1);
    private static final UUID B = new UUID(0, 2);

    private final AtomicLong nanos = new AtomicLong();
    private final RecentMarks recent = new RecentMarks(nanos::get);

    @Test
    void gatherAndTheLaterPositionOfEachStateCounts() {
        recent.note("ana", Marks.of(READ, Map.of(A, new MarkPosition(0, 3))));
        recent.note("ana", Marks.of(READ, Map.of(A, new MarkPosition(0, 2), B, new MarkPosition(0, 1))));
        recent.note("ana", Marks.of(ARCHIVED, Map.of(A, new MarkPosition(1, 0))));
        recent.note("ana", Marks.of(ARCHIVED, Map.of(A, new MarkPosition(0, 9))));

        assertThat(recent.of("ana"))
                .isEqualTo(new Marks(Map.of(
                        A,
                        Map.of(READ, new MarkPosition(0, 3), ARCHIVED, new MarkPosition(1, 0)),
                        B,
                        Map.of(READ, new MarkPosition(0, 1)))));
        assertThat(recent.of("ana").of(B, ARCHIVED)).isEqualTo(MarkPosition.NONE);
    }

    @ParameterizedTest
    @CsvSource({"0, 3, 0, 4", "0, 1000000000, 1, 0", "1, 0, 1, 1", "1, 5, 2, 0"})
    void aPositionIsAfterThoseOfLowerRoundsAndRevisions(int round, int revision, int laterRound, int laterRevision) {
        var one = new MarkPosition(round, revision);
        var later = new MarkPosition(laterRound, laterRevision);

        assertThat(one.or(later)).isEqualTo(later).isEqualTo(later.or(one));
        assertThat(one.number()).isLessThan(later.number());
    }

    @Test
    void areNobodyElses() {
        recent.note("ana", Marks.of(READ, Map.of(A, new MarkPosition(0, 1))));

        assertThat(recent.of("ben")).isEqualTo(Marks.NONE);
    }

    @Test
    void areForgottenWhenTheWorkerHasThem() {
        recent.note("ana", Marks.of(READ, Map.of(A, new MarkPosition(0, 1))));
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());

        assertThat(recent.of("ana")).isEqualTo(Marks.NONE);
    }

    @Test
    void ofOneUserAreBounded() {
        for (int i = 0; i < 10_000; i++) {
            recent.note("ana", Marks.of(READ, Map.of(new UUID(1, i), new MarkPosition(0, 1))));
        }

        assertThat(recent.of("ana").positions()).hasSizeLessThan(2_500).containsKey(new UUID(1, 9_999));
    }
}
