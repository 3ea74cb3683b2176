package com.threadly.gateway.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MarksTest {

    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final UUID A = new UUID(0, 1);
    private static final UUID B = new UUID(0, 2);

    private final AtomicLong nanos = new AtomicLong();
    private final RecentMarks recent = new RecentMarks(nanos::get);

    @Test
    void gatherAndTheLaterTimeCounts() {
        recent.note("ana", Marks.of(List.of(A), NOON));
        recent.note("ana", Marks.of(List.of(A, B), NOON.minusSeconds(1)));
        recent.note("ana", Marks.allUpTo(NOON.minusSeconds(9)));
        recent.note("ana", Marks.allUpTo(NOON.minusSeconds(99)));

        assertThat(recent.of("ana"))
                .isEqualTo(new Marks(Map.of(A, NOON, B, NOON.minusSeconds(1)), Optional.of(NOON.minusSeconds(9))));
    }

    @Test
    void areNobodyElses() {
        recent.note("ana", Marks.of(List.of(A), NOON));

        assertThat(recent.of("ben")).isEqualTo(Marks.NONE);
    }

    @Test
    void areForgottenWhenTheWorkerHasThem() {
        recent.note("ana", Marks.of(List.of(A), NOON));
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());

        assertThat(recent.of("ana")).isEqualTo(Marks.NONE);
    }

    @Test
    void ofOneUserAreBounded() {
        for (int i = 0; i < 10_000; i++) {
            recent.note("ana", Marks.of(List.of(new UUID(1, i)), NOON));
        }

        assertThat(recent.of("ana").readAt()).hasSizeLessThan(2_500).containsKey(new UUID(1, 9_999));
    }
}
