package com.threadly.runtime.kafka;

import com.threadly.events.Topic;
import com.threadly.runtime.settings.KafkaSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Asks Kafka again and again whether the topics are there. A producer alone cannot tell: it lives on what it last
 * heard of them until somebody writes.
 */
public final class KafkaProbe implements AutoCloseable {

    private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(2);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(3);

    private final Admin admin;
    private final List<Topic<?>> topics;
    private final Thread questions;
    private volatile Optional<String> trouble = Optional.of("Kafka has not answered yet");

    private KafkaProbe(Admin admin, List<Topic<?>> topics) {
        this.admin = admin;
        this.topics = topics;
        this.questions = Thread.ofVirtual().name("kafka-probe").unstarted(this::askUntilClosed);
    }

    public static KafkaProbe start(KafkaSettings kafka, List<Topic<?>> topics) {
        var probe = new KafkaProbe(Admin.create(kafka.admin()), topics);
        probe.questions.start();
        return probe;
    }

    /** What stands in the way of writing, as of the last question. */
    public Optional<String> trouble() {
        return trouble;
    }

    @Override
    public void close() {
        questions.interrupt();
        admin.close(Duration.ZERO);
    }

    private void askUntilClosed() {
        try {
            while (true) {
                trouble = ask();
                Thread.sleep(BETWEEN_QUESTIONS);
            }
        } catch (InterruptedException e) {
            trouble = Optional.of("stopping");
        }
    }

    private Optional<String> ask() throws InterruptedException {
        var options = new DescribeTopicsOptions().timeoutMs((int) ANSWER_WITHIN.toMillis());
        var answers = admin.describeTopics(topics.stream().map(Topic::name).toList(), options)
                .topicNameValues();
        for (var answer : answers.entrySet()) {
            try {
                answer.getValue().get();
            } catch (ExecutionException e) {
                return Optional.of(reason(answer.getKey(), e));
            }
        }
        return Optional.empty();
    }

    private static String reason(String topic, ExecutionException e) {
        return e.getCause() instanceof UnknownTopicOrPartitionException
                ? "topic %1$s is missing; run ./threadly topics apply, or create it: kafka-topics.sh --create --topic %1$s"
                        .formatted(topic)
                : "Kafka does not answer: " + e.getCause();
    }
}
