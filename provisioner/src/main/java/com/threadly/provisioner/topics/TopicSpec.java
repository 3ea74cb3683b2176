package com.threadly.provisioner.topics;

import com.threadly.deadletter.DeadLetters;
import com.threadly.events.Topic;
import java.time.Duration;
import java.util.Map;

/**
 * A topic, as wanted or as found in a cluster.
 *
 * @param config topic-level settings; for a wanted topic, only those that matter
 */
public record TopicSpec(String name, int partitions, Map<String, String> config) {

    /** Long enough to act after a holiday. */
    private static final Duration DEAD_LETTER_RETENTION = Duration.ofDays(30);

    public static TopicSpec of(Topic<?> topic) {
        return new TopicSpec(topic.name(), topic.partitions(), topic.config());
    }

    /** The dead letter topic of {@code worker} for {@code topic}. */
    public static TopicSpec deadLetters(Topic<?> topic, String worker) {
        return new TopicSpec(
                topic.deadLetters(worker),
                topic.partitions(),
                Map.of(
                        "cleanup.policy", "delete",
                        "retention.ms", Long.toString(DEAD_LETTER_RETENTION.toMillis()),
                        "max.message.bytes", Integer.toString(DeadLetters.MAX_REQUEST_BYTES)));
    }
}
