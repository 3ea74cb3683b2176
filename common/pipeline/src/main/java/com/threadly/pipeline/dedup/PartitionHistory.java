package com.threadly.pipeline.dedup;

import com.threadly.pipeline.start.PartitionStart;
import org.jspecify.annotations.Nullable;

/**
 * The state of a partition before its first record is handled.
 *
 * @param seen ids handled before; null where nothing is deduplicated
 * @param start where it starts
 */
public record PartitionHistory(@Nullable EventIdSet seen, PartitionStart start) {}
