package com.threadly.pipeline.dedup;

import java.util.OptionalLong;

/**
 * What is known of a partition when its first record is to be handled.
 *
 * @param seen the ids that were handled before
 * @param beginAt where to begin when the committed offset cannot be used; mostly empty
 */
public record PartitionHistory(EventIdSet seen, OptionalLong beginAt) {}
