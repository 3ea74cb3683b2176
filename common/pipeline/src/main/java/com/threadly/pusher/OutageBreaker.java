package com.threadly.pusher;

import com.threadly.runtime.retry.RetryPolicy;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.StateTransition;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether Pusher may be called. If none of the last calls succeeded, that is an outage: until one does, only one probe
 * at a time is sent, at most a few per second.
 */
final class OutageBreaker {

    private static final int CALLS_LOOKED_AT = 10;
    private static final int MIN_CALLS = 5;
    /** So many probes in a row have to be refused before a pause that one asks for counts for all. */
    private static final int REFUSED_PROBES = 3;

    private static final Duration BETWEEN_PROBES = Duration.ofMillis(400);
    private static final RetryPolicy PROBES = new RetryPolicy(BETWEEN_PROBES, BETWEEN_PROBES, 0.5);

    private final CircuitBreaker breaker;
    /** In a row. */
    private final AtomicInteger refusedProbes = new AtomicInteger();

    /** Runs {@code onOpen} when an outage begins and {@code onClose} when it is over. */
    OutageBreaker(Runnable onOpen, Runnable onClose) {
        breaker = CircuitBreaker.of(
                "pusher",
                CircuitBreakerConfig.custom()
                        .recordResult(SendResult.Retryable.class::isInstance)
                        .failureRateThreshold(100)
                        .slidingWindowSize(CALLS_LOOKED_AT)
                        .minimumNumberOfCalls(MIN_CALLS)
                        .waitIntervalFunctionInOpenState(
                                attempt -> PROBES.waitAfter(attempt).toMillis())
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .build());
        breaker.getEventPublisher().onStateTransition(event -> {
            StateTransition transition = event.getStateTransition();
            if (transition.getFromState() == State.CLOSED) {
                onOpen.run();
            } else if (transition.getToState() == State.CLOSED) {
                onClose.run();
            }
        });
    }

    /** Whether a call may be made now; pass its outcome to {@link #report}. */
    boolean admits() {
        return breaker.tryAcquirePermission();
    }

    /**
     * A pause that is asked for counts for the channels of the request. It counts for all only in an outage: behind one
     * address, one server of several may ask for it, or refuse the key, while the others take what they get.
     */
    void report(SendResult outcome) {
        boolean probe = breaker.getState() == State.HALF_OPEN;
        breaker.onResult(0, TimeUnit.NANOSECONDS, outcome);
        if (!(outcome instanceof SendResult.Retryable failure)) {
            refusedProbes.set(0);
            if (breaker.getState() == State.OPEN) {
                // It was sent earlier, and got through.
                breaker.transitionToHalfOpenState();
            }
        } else if (probe
                && refusedProbes.incrementAndGet() >= REFUSED_PROBES
                && failure.atLeast().isPositive()) {
            breaker.transitionToOpenStateFor(failure.atLeast());
        }
    }

    boolean isClosed() {
        return breaker.getState() == State.CLOSED;
    }
}
