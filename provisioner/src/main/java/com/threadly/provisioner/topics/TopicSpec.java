package com.threadly.provisioner.topics;

import com.threadly.deadletter.DeadLetters;
import com.threadly.events.Topic;
import java.time.Duration;
import java.util.Map;

/**
 * A topic as it should be, or as a cluster has it.
 *
 * @param config topic-level settings; of a wanted topic only those that matter
 */
public record TopicSpec(String name, int partitions, Map<String, String> config) {

    /** Long enough for people to act after a holiday. */
    private static final Duration DEAD_LETTER_RETENTION = Duration.ofDays(30);

    /** {@code topic} as the catalogue has it. */
    public static TopicSpec of(Topic<?> topic) {
        return new TopicSpec(topic.name(), topic.partitions(), topic.config());
    }

    /** Where {@code worker} puts records of {@code topic} aside. */
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
