/** Deduplication: the ids of handled events, read back from the topic itself. */
@org.jspecify.annotations.NullMarked
package com.threadly.pipeline.dedup;
