package com.threadly.pipeline.dedup;

import com.threadly.pipeline.start.PartitionStart;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a partition when its first record is to be handled.
 *
 * @param seen the ids that were handled before; null where nobody asks
 * @param start where it begins
 */
public record PartitionHistory(@Nullable EventIdSet seen, PartitionStart start) {}
