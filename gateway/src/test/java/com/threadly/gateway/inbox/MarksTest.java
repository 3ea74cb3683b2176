package com.threadly.gateway.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MarksTest {

    private static final UUID A = new UUID(0, 1);
    private static final UUID B = new UUID(0, 2);

    private final AtomicLong nanos = new AtomicLong();
    private final RecentMarks recent = new RecentMarks(nanos::get);

    @Test
    void gatherAndTheLaterRevisionCounts() {
        recent.note("ana", new Marks(Map.of(A, 3)));
        recent.note("ana", new Marks(Map.of(A, 2, B, 1)));

        assertThat(recent.of("ana")).isEqualTo(new Marks(Map.of(A, 3, B, 1)));
        assertThat(recent.of("ana").cover(A, 3)).isTrue();
        assertThat(recent.of("ana").cover(A, 4)).isFalse();
    }

    @Test
    void areNobodyElses() {
        recent.note("ana", new Marks(Map.of(A, 1)));

        assertThat(recent.of("ben")).isEqualTo(Marks.NONE);
    }

    @Test
    void areForgottenWhenTheWorkerHasThem() {
        recent.note("ana", new Marks(Map.of(A, 1)));
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());

        assertThat(recent.of("ana")).isEqualTo(Marks.NONE);
    }

    @Test
    void ofOneUserAreBounded() {
        for (int i = 0; i < 10_000; i++) {
            recent.note("ana", new Marks(Map.of(new UUID(1, i), 1)));
        }

        assertThat(recent.of("ana").revisions()).hasSizeLessThan(2_500).containsKey(new UUID(1, 9_999));
    }
}
