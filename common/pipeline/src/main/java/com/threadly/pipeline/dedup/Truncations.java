package com.threadly.pipeline.dedup;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Finds logs that were truncated before a committed offset and written again, by the epochs of their leaders. */
final class Truncations {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    /**
     * The result of a search.
     *
     * @param diverged the first offsets whose records are not those that were handled
     * @param unanswered partitions whose leaders did not answer in time, with the cause
     * @param unreached partitions whose leaders' epochs are below that of the committed offset
     */
    record Found(
            Map<TopicPartition, Long> diverged,
            Map<TopicPartition, String> unanswered,
            Set<TopicPartition> unreached) {}

    private final Supplier<Consumer<byte[], byte[]>> validators;

    /**
     * A search.
     *
     * @param validators create consumers without a group that fail when a log was truncated
     */
    Truncations(Supplier<Consumer<byte[], byte[]>> validators) {
        this.validators = validators;
    }

    /** Searches the logs of {@code committed} offsets, which have epochs. */
    Found before(Map<TopicPartition, OffsetAndMetadata> committed) {
        var found = new Found(new HashMap<>(), new HashMap<>(), new HashSet<>());
        if (committed.isEmpty()) {
            return found;
        }
        try (Consumer<byte[], byte[]> validator = validators.get()) {
            validator.assign(committed.keySet());
            var left = new HashSet<>(committed.keySet());
            long deadline = System.nanoTime() + LIMIT.toNanos();
            // A position is validated only if the partition's leader is known when it is set.
            var _ = validator.beginningOffsets(left, LIMIT);
            committed.forEach(validator::seek);
            while (!left.isEmpty()) {
                TopicPartition partition = left.iterator().next();
                try {
                    var _ = validator.position(partition, Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
                    left.remove(partition);
                } catch (LogTruncationException e) {
                    e.divergentOffsets()
                            .forEach((where, offset) -> found.diverged().put(where, offset.offset()));
                    e.partitions().stream()
                            .filter(where -> !e.divergentOffsets().containsKey(where))
                            .forEach(found.unreached()::add);
                    left.removeAll(e.partitions());
                    validator.assign(left);
                } catch (TimeoutException e) {
                    found.unanswered().put(partition, String.valueOf(e.getMessage()));
                    left.remove(partition);
                }
            }
        }
        return found;
    }
}
