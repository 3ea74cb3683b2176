package com.threadly.benchmarks.stage;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Messages that wait in the topic, the same for each engine.
 *
 * @param begin the first offset of each partition
 */
public record Corpus(CorpusPlan plan, Map<TopicPartition, Long> begin) {}
