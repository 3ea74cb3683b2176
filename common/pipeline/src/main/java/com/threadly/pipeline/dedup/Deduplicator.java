package com.threadly.pipeline.dedup;

import com.threadly.runtime.health.HealthCheck;
import java.util.Collection;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;

/** Creates the deduplicators of assigned partitions. */
public interface Deduplicator extends HealthCheck {

    /** A deduplicator for each of {@code assigned}. Called on the consumer's thread; does not wait. */
    Function<TopicPartition, PartitionDeduplicator> of(Collection<TopicPartition> assigned);
}
