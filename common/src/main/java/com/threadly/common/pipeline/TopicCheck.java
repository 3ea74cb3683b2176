package com.threadly.common.pipeline;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;

/** Whether the topics that a worker needs are there; a consumer alone would wait for them in silence. */
final class TopicCheck {

    private static final int TIMEOUT_MS = 5_000;

    private final Map<String, Object> adminConfig;

    TopicCheck(Map<String, Object> adminConfig) {
        this.adminConfig = adminConfig;
    }

    /** What is wrong, in words for an operator; empty when all {@code topics} exist. */
    Optional<String> trouble(Collection<String> topics) throws InterruptedException {
        try (Admin admin = Admin.create(adminConfig)) {
            var missing = new TreeSet<>(topics);
            missing.removeAll(admin.listTopics(new ListTopicsOptions().timeoutMs(TIMEOUT_MS))
                    .names()
                    .get(TIMEOUT_MS, TimeUnit.MILLISECONDS));
            return missing.isEmpty() ? Optional.empty() : Optional.of(advice(List.copyOf(missing)));
        } catch (ExecutionException e) {
            return Optional.of("Kafka does not answer: " + e.getCause());
        } catch (TimeoutException e) {
            return Optional.of(
                    "Kafka does not answer within %d ms; check KAFKA_BOOTSTRAP_SERVERS".formatted(TIMEOUT_MS));
        }
    }

    private static String advice(List<String> missing) {
        return "topics are missing: %s; create each, such as: kafka-topics.sh --create --topic %s --partitions 12"
                .formatted(String.join(", ", missing), missing.getFirst());
    }
}
