package com.threadly.runtime.kafka;

import com.threadly.events.Topic;
import com.threadly.runtime.health.HealthCheck;
import com.threadly.runtime.retry.RetryPolicy;
import com.threadly.runtime.settings.KafkaSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether Kafka is available, checked on its own thread. The clients do not report it: a consumer waits silently for
 * missing topics and unreachable brokers, and a producer relies on its last metadata.
 */
public final class KafkaAvailability implements HealthCheck, AutoCloseable {

    /** The check. */
    public interface Question extends AutoCloseable {

        /** The problem, in words for an operator; empty when there is none. */
        Optional<String> ask() throws InterruptedException;

        @Override
        void close();
    }

    /** A lost broker is detected within this plus the request timeout. */
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private static final Logger log = LoggerFactory.getLogger(KafkaAvailability.class);

    private final Question question;
    private final Duration interval;
    private final RetryPolicy retry;
    private final Thread thread = Thread.ofVirtual().name("kafka-availability").unstarted(this::askUntilClosed);
    private Optional<String> trouble = Optional.of("Kafka has not answered yet");
    private boolean closed;

    /** Checks once per {@code interval}, and at first sooner while there is a problem. */
    public KafkaAvailability(Question question, Duration interval) {
        this.question = question;
        this.interval = interval;
        this.retry = RetryPolicy.STANDARD.cappedAt(interval);
    }

    /** Checks for these topics, once started. */
    public static KafkaAvailability of(KafkaSettings kafka, List<Topic<?>> topics) {
        return of(kafka, topics, List.of());
    }

    /** As {@link #of(KafkaSettings, List)}, and until all are there for the topics named {@code atStart}, too. */
    public static KafkaAvailability of(KafkaSettings kafka, List<Topic<?>> topics, List<String> atStart) {
        return new KafkaAvailability(
                new TopicCheck(kafka.admin(), topics.stream().map(Topic::name).toList(), atStart), INTERVAL);
    }

    /** The result of the last check. */
    @Override
    public synchronized Optional<String> trouble() {
        return trouble;
    }

    /** Starts checking. */
    public void start() {
        thread.start();
    }

    /** Starts checking, and waits until there is no problem; false when it was closed before. */
    public boolean awaitAvailable() throws InterruptedException {
        start();
        synchronized (this) {
            while (trouble.isPresent() && !closed) {
                wait();
            }
            return !closed;
        }
    }

    /** Ends a check in progress and all waits. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        thread.interrupt();
    }

    private void askUntilClosed() {
        try (question) {
            for (int failures = 0; !isClosed(); ) {
                Optional<String> answer = question.ask();
                note(answer);
                failures = answer.isEmpty() ? 0 : failures + 1;
                Thread.sleep(failures == 0 ? interval : retry.waitAfter(failures));
            }
        } catch (InterruptedException e) {
            // close() interrupts.
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized void note(Optional<String> answer) {
        answer.filter(cause -> !answer.equals(trouble))
                .ifPresent(cause -> log.atWarn().addKeyValue("cause", cause).log("waiting for Kafka"));
        if (answer.isEmpty() && trouble.isPresent()) {
            log.atInfo().log("Kafka is available");
        }
        trouble = answer;
        notifyAll();
    }
}
