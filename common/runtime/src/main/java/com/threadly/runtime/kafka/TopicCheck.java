package com.threadly.runtime.kafka;

import static java.util.Objects.requireNonNull;

import com.threadly.runtime.retry.Causes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Whether Kafka is available and has the topics that a worker needs. Used by one thread.
 *
 * <p>Some topics are needed only now and then, such as those for dead letters. They must exist at the start, when
 * somebody looks; one that is deleted later takes nobody's readiness before it is needed.
 */
public final class TopicCheck implements KafkaAvailability.Question {

    private static final int TIMEOUT_MS = 5_000;

    private final Map<String, Object> adminConfig;
    private final List<String> topics;
    private List<String> atStart;
    private @Nullable Admin admin;

    public TopicCheck(Map<String, Object> adminConfig, List<String> topics, List<String> atStart) {
        this.adminConfig = adminConfig;
        this.topics = topics;
        this.atStart = atStart;
    }

    /** The problem, in words for an operator; empty when all topics exist. */
    @Override
    public Optional<String> ask() throws InterruptedException {
        try {
            List<String> missing = missing(connected());
            if (missing.isEmpty()) {
                atStart = List.of();
                return Optional.empty();
            }
            return Optional.of(MissingTopics.advice(missing));
        } catch (KafkaException e) {
            // A host name that does not resolve yet, a missing key store: the next attempt may succeed.
            return Optional.of("cannot connect to Kafka; check KAFKA_BOOTSTRAP_SERVERS=%s: %s"
                    .formatted(adminConfig.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG), Causes.rootMessage(e)));
        } catch (ExecutionException e) {
            return Optional.of(
                    switch (e.getCause()) {
                        case AuthenticationException refused -> "Kafka denied access: " + refused.getMessage();
                        case AuthorizationException refused -> "Kafka denied access: " + refused.getMessage();
                        case null, default ->
                            "Kafka does not respond; check its brokers and KAFKA_BOOTSTRAP_SERVERS=%s"
                                    .formatted(adminConfig.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG));
                    });
        }
    }

    private Admin connected() {
        Admin connected = admin;
        if (connected == null) {
            admin = connected = Admin.create(adminConfig);
        }
        return connected;
    }

    private List<String> missing(Admin connected) throws InterruptedException, ExecutionException {
        List<String> needed = Stream.concat(topics.stream(), atStart.stream()).toList();
        var missing = new ArrayList<String>();
        Map<String, ? extends KafkaFuture<?>> answers = connected
                .describeTopics(needed, new DescribeTopicsOptions().timeoutMs(TIMEOUT_MS))
                .topicNameValues();
        for (String topic : needed) {
            try {
                requireNonNull(answers.get(topic)).get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
                missing.add(topic);
            }
        }
        return missing;
    }

    @Override
    public void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}
