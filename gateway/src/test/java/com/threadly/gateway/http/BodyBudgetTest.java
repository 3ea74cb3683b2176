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
    private final BodyBudget budget = new BodyBudget(10 * BodyBudget.CHUNK_BYTES, nanos::get, metrics);

    @AfterEach
    void forgetInterrupts() {
        var _ = Thread.interrupted();
    }

    @Test
    void whatIsOnlyAnnouncedTakesNothing() {
        for (int i = 0; i < 1_000; i++) {
            budget.begin();
        }

        assertThatNoException().isThrownBy(() -> take(10, budget.begin()));
        assertThat(abandoned("no_memory")).isZero();
    }

    @Test
    void theBodyThatHasBeenArrivingLongestGivesWay() {
        var oldest = budget.begin();
        take(6, oldest);
        var older = budget.begin();
        take(3, older);

        assertThatNoException().isThrownBy(() -> take(5, budget.begin()));

        assertThat(oldest.refusal()).hasValueSatisfying(refusal -> {
            assertThat(refusal.status()).isEqualTo(503);
            assertThat(refusal.retryAfter()).isPositive();
        });
        assertThat(Thread.interrupted()).isTrue();
        assertThat(older.refusal()).isEmpty();
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> take(1, oldest));
        assertThat(abandoned("no_memory")).isEqualTo(1);
    }

    @Test
    void aBodyThatHoldsNothingDoesNotGiveWay() {
        var small = budget.begin();
        var large = budget.begin();
        take(8, large);

        assertThatNoException().isThrownBy(() -> take(5, budget.begin()));

        assertThat(small.refusal()).isEmpty();
        assertThat(large.refusal()).isPresent();
    }

    @Test
    void aBodyThatHasArrivedKeepsItsMemoryUntilItsRequestEnds() {
        var handled = budget.begin();
        take(8, handled);
        handled.endReading();

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> take(5, budget.begin()))
                .satisfies(e -> assertThat(e.problem().status()).isEqualTo(503));
        assertThat(handled.refusal()).isEmpty();

        handled.release();
        handled.release();
        assertThatNoException().isThrownBy(() -> take(10, budget.begin()));
    }

    @Test
    void aBodyThatIsLateEndsHoweverItArrives() {
        var late = budget.begin();
        take(9, late);
        nanos.addAndGet(Duration.ofSeconds(6).toNanos());
        var other = budget.begin();
        take(1, late);
        budget.endLateBodies(LIMIT);
        assertThat(late.refusal()).isEmpty();

        nanos.addAndGet(Duration.ofSeconds(6).toNanos());
        budget.endLateBodies(LIMIT);

        assertThat(late.refusal())
                .hasValueSatisfying(refusal -> assertThat(refusal.status()).isEqualTo(408));
        assertThat(other.refusal()).isEmpty();
        assertThatNoException().isThrownBy(() -> take(10, other));
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

    @Test
    void whatIsLeftOfACancelledBodyIsUsedAgainOnceItIsNoLongerRead() {
        var cancelled = budget.begin();
        byte[] chunk = cancelled.takeChunk();
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        budget.endLateBodies(LIMIT);

        var next = budget.begin();
        assertThat(next.takeChunk()).isNotSameAs(chunk);
        cancelled.endReading();

        assertThat(next.takeChunk()).isSameAs(chunk);
        assertThat(next.takeChunk()).isNotSameAs(chunk);
    }

    @Test
    void nothingIsKeptForUseBesideWhatTakesAll() {
        var handled = budget.begin();
        byte[] chunk = handled.takeChunk();
        take(9, handled);
        handled.endReading();
        handled.release();

        var next = budget.begin();
        for (int i = 0; i < 10; i++) {
            assertThat(next.takeChunk()).isNotSameAs(chunk);
        }
    }

    private static void take(int chunks, BodyBudget.Lease body) {
        for (int i = 0; i < chunks; i++) {
            var _ = body.takeChunk();
        }
    }

    private double abandoned(String cause) {
        return metrics.counter("threadly.gateway.bodies.abandoned", "cause", cause)
                .count();
    }
}
