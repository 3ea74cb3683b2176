package com.threadly.benchmarks.stage;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Messages that lie in the topic and wait for engines, the same for each.
 *
 * @param begin the first offset of each partition
 */
public record Corpus(CorpusPlan plan, Map<TopicPartition, Long> begin) {}
