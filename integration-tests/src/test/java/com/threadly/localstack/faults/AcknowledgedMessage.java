package com.threadly.localstack.faults;

import org.apache.kafka.common.TopicPartition;

/** A message that the broker has acknowledged, and where it is. */
record AcknowledgedMessage(Message message, TopicPartition partition, long offset) {}
