package com.threadly.notification.inbox;

import org.apache.kafka.common.TopicPartition;

/**
 * A rebuild's progress in one partition.
 *
 * @param rebuild its name: the same for the same command
 * @param nextOffset the first that is not done
 */
public record Checkpoint(String rebuild, TopicPartition partition, long nextOffset) {}
