package com.threadly.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BodyBudgetTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final AtomicLong nanos = new AtomicLong();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final BodyBudget budget = new BodyBudget(100, nanos::get, metrics);

    @AfterEach
    void forgetInterrupts() {
        var _ = Thread.interrupted();
    }

    @Test
    void whatIsOnlyAnnouncedTakesNothing() {
        for (int i = 0; i < 1_000; i++) {
            budget.begin();
        }

        assertThatNoException().isThrownBy(() -> budget.begin().take(100));
        assertThat(abandoned("no_memory")).isZero();
    }

    @Test
    void theBodyThatHasBeenArrivingLongestGivesWay() {
        var oldest = budget.begin();
        oldest.take(60);
        var older = budget.begin();
        older.take(30);

        assertThatNoException().isThrownBy(() -> budget.begin().take(50));

        assertThat(oldest.refusal()).hasValueSatisfying(refusal -> {
            assertThat(refusal.status()).isEqualTo(503);
            assertThat(refusal.retryAfter()).isPositive();
        });
        assertThat(Thread.interrupted()).isTrue();
        assertThat(older.refusal()).isEmpty();
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> oldest.take(1));
        assertThat(abandoned("no_memory")).isEqualTo(1);
    }

    @Test
    void aBodyThatHoldsNothingDoesNotGiveWay() {
        var small = budget.begin();
        var large = budget.begin();
        large.take(80);

        assertThatNoException().isThrownBy(() -> budget.begin().take(50));

        assertThat(small.refusal()).isEmpty();
        assertThat(large.refusal()).isPresent();
    }

    @Test
    void aBodyThatHasArrivedKeepsItsMemoryUntilItsRequestEnds() {
        var handled = budget.begin();
        handled.take(80);
        handled.endReading();

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> budget.begin().take(50))
                .satisfies(e -> assertThat(e.problem().status()).isEqualTo(503));
        assertThat(handled.refusal()).isEmpty();

        handled.release();
        handled.release();
        assertThatNoException().isThrownBy(() -> budget.begin().take(100));
    }

    @Test
    void aBodyThatIsLateEndsHoweverItArrives() {
        var late = budget.begin();
        late.take(90);
        nanos.addAndGet(Duration.ofSeconds(6).toNanos());
        var other = budget.begin();
        late.take(1);
        budget.endLateBodies(LIMIT);
        assertThat(late.refusal()).isEmpty();

        nanos.addAndGet(Duration.ofSeconds(6).toNanos());
        budget.endLateBodies(LIMIT);

        assertThat(late.refusal())
                .hasValueSatisfying(refusal -> assertThat(refusal.status()).isEqualTo(408));
        assertThat(other.refusal()).isEmpty();
        assertThatNoException().isThrownBy(() -> other.take(100));
        assertThat(abandoned("late")).isEqualTo(1);
    }

    @Test
    void anInterruptForTheReadingIsNoneForWhatComesAfter() {
        var body = budget.begin();
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        budget.endLateBodies(LIMIT);

        body.endReading();

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(body.refusal()).isPresent();
    }

    @Test
    void whatHasArrivedIsNotLateAnyMore() {
        var body = budget.begin();
        body.endReading();
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());

        budget.endLateBodies(LIMIT);

        assertThat(body.refusal()).isEmpty();
    }

    private double abandoned(String cause) {
        return metrics.counter("threadly.gateway.bodies.abandoned", "cause", cause)
                .count();
    }
}
