package com.threadly.pipeline.dedup;

import java.util.OptionalLong;

/**
 * The state of a partition before its first record is handled.
 *
 * @param seen ids handled before
 * @param beginAt where to start when the committed offset cannot be used; usually empty
 */
public record PartitionHistory(EventIdSet seen, OptionalLong beginAt) {}
