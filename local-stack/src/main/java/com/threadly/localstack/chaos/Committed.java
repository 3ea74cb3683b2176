package com.threadly.localstack.chaos;

import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Which offsets groups had committed at a time, or before it: never more than they had. */
@FunctionalInterface
interface Committed {
    Map<TopicPartition, Long> by(String group, Instant at);
}
