package com.threadly.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KafkaAvailabilityTest {

    private static final class Broker implements KafkaAvailability.Question {

        final CountDownLatch asked = new CountDownLatch(1);
        volatile boolean hangs;
        volatile boolean closed;
        volatile Optional<String> answer = Optional.of("down");

        @Override
        public Optional<String> ask() throws InterruptedException {
            asked.countDown();
            if (hangs) {
                new CountDownLatch(1).await();
            }
            return answer;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private final Broker broker = new Broker();
    private final KafkaAvailability availability = new KafkaAvailability(broker, Duration.ofMillis(5));

    @AfterEach
    void close() {
        availability.close();
    }

    @Test
    void letsBeginOnceKafkaAnswers() {
        var begun = begin();
        await().until(() -> availability.trouble().equals(Optional.of("down")));
        assertThat(begun).isNotDone();

        broker.answer = Optional.empty();

        assertThat(begun.join()).isTrue();
        assertThat(availability.trouble()).isEmpty();
    }

    @Test
    void noticesThatKafkaGoesAndComesBack() {
        broker.answer = Optional.empty();
        assertThat(begin().join()).isTrue();

        broker.answer = Optional.of("gone");
        await().until(() -> availability.trouble().equals(Optional.of("gone")));

        broker.answer = Optional.empty();
        await().until(() -> availability.trouble().isEmpty());
    }

    @Test
    void aStopEndsTheWaitEvenInTheMiddleOfAQuestion() throws InterruptedException {
        broker.hangs = true;
        var begun = begin();
        broker.asked.await();

        availability.close();

        assertThat(begun.join()).isFalse();
        await().until(() -> broker.closed);
    }

    @Test
    void aStopBeforeTheBeginningCounts() {
        availability.close();

        assertThat(begin().join()).isFalse();
    }

    private CompletableFuture<Boolean> begin() {
        var begun = new CompletableFuture<Boolean>();
        Thread.ofVirtual().start(() -> {
            try {
                begun.complete(availability.awaitAvailable());
            } catch (InterruptedException e) {
                begun.completeExceptionally(e);
            }
        });
        return begun;
    }
}
