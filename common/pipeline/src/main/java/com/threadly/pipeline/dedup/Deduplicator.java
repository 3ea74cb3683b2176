package com.threadly.pipeline.dedup;

import com.threadly.runtime.health.HealthCheck;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;

/** Creates the deduplicators of assigned partitions. */
public interface Deduplicator extends HealthCheck {

    /** No deduplication: every record counts as new. */
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

    /** A deduplicator for each of {@code assigned}. Called on the consumer's thread; does not wait. */
    Function<TopicPartition, PartitionDeduplicator> of(Collection<TopicPartition> assigned);
}
