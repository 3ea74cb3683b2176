package com.threadly.pipeline.dedup;

import com.threadly.runtime.health.HealthCheck;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;

/** What is known of partitions when they are assigned. */
public interface Deduplicator extends HealthCheck {

    /** Nothing: every record counts as new. */
    Deduplicator NONE = new Deduplicator() {
        @Override
        public Function<TopicPartition, PartitionDeduplicator> of(Collection<TopicPartition> assigned) {
            return _ -> PartitionDeduplicator.NONE;
        }

        @Override
        public Optional<String> trouble() {
            return Optional.empty();
        }
    };

    /** The duplicates of each of {@code assigned}. Called on the consumer's thread; does not wait. */
    Function<TopicPartition, PartitionDeduplicator> of(Collection<TopicPartition> assigned);
}
