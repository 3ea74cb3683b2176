package com.threadly.runtime.kafka;

import com.threadly.runtime.retry.Backoff;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks Kafka again and again, on a thread of its own. A consumer does not tell: it waits in silence for topics that are
 * missing and for brokers that are gone, as a member of its group all the while.
 */
public final class KafkaWatch implements AutoCloseable {

    /** What is asked. */
    public interface Question extends AutoCloseable {

        /** What is wrong, in words for an operator; empty when all is well. */
        public Optional<String> trouble() throws InterruptedException;

        @Override
        void close();
    }

    private static final Logger log = LoggerFactory.getLogger(KafkaWatch.class);

    private final Question question;
    private final Duration interval;
    private final Thread thread = Thread.ofVirtual().name("kafka-watch").unstarted(this::askUntilClosed);
    private Optional<String> trouble = Optional.of("Kafka has not answered yet");
    private boolean closed;

    /** Asks once an {@code interval}, and sooner at first when something is wrong. */
    public KafkaWatch(Question question, Duration interval) {
        this.question = question;
        this.interval = interval;
    }

    /** What the last answer says. */
    public synchronized Optional<String> trouble() {
        return trouble;
    }

    /** Begins to ask, and waits until all is well; false when it was closed before. */
    public boolean awaitWell() throws InterruptedException {
        thread.start();
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
                Optional<String> answer = question.trouble();
                note(answer);
                failures = answer.isEmpty() ? 0 : failures + 1;
                Thread.sleep(pause(failures));
            }
        } catch (InterruptedException e) {
            // close() interrupts.
        }
    }

    private Duration pause(int failures) {
        Duration backoff = failures == 0 ? interval : Backoff.interval(failures);
        return backoff.compareTo(interval) < 0 ? backoff : interval;
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
