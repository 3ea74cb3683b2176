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
 * Whether Kafka answers, asked on a thread of its own. Its clients do not tell: a consumer waits in silence for topics
 * that are missing and for brokers that are gone, and a producer relies on the metadata that it last fetched.
 */
public final class KafkaAvailability implements HealthCheck, AutoCloseable {

    /** What is asked. */
    public interface Question extends AutoCloseable {

        /** What is wrong, in words for an operator; empty when nothing is. */
        Optional<String> ask() throws InterruptedException;

        @Override
        void close();
    }

    /** A broker that has gone shows within this and the time for an answer. */
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private static final Logger log = LoggerFactory.getLogger(KafkaAvailability.class);

    private final Question question;
    private final Duration interval;
    private final RetryPolicy retry;
    private final Thread thread = Thread.ofVirtual().name("kafka-availability").unstarted(this::askUntilClosed);
    private Optional<String> trouble = Optional.of("Kafka has not answered yet");
    private boolean closed;

    /** Asks once per {@code interval}, and sooner at first while something is wrong. */
    public KafkaAvailability(Question question, Duration interval) {
        this.question = question;
        this.interval = interval;
        this.retry = RetryPolicy.STANDARD.cappedAt(interval);
    }

    /** Asks for these topics, once it is started. */
    public static KafkaAvailability of(KafkaSettings kafka, List<Topic<?>> topics) {
        return new KafkaAvailability(
                new TopicCheck(kafka.admin(), topics.stream().map(Topic::name).toList()), INTERVAL);
    }

    /** What the last answer says. */
    @Override
    public synchronized Optional<String> trouble() {
        return trouble;
    }

    /** Begins to ask. */
    public void start() {
        thread.start();
    }

    /** Begins to ask, and waits until nothing is wrong; false when it was closed before. */
    public boolean awaitAvailable() throws InterruptedException {
        start();
        synchronized (this) {
            while (trouble.isPresent() && !closed) {
                wait();
            }
            return !closed;
        }
    }

    /** Ends a question that is under way, and whoever waits. */
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
            log.atInfo().log("Kafka answers");
        }
        trouble = answer;
        notifyAll();
    }
}
