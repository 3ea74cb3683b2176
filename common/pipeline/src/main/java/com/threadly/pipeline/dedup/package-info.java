/** Which events have been handled before: their ids, read back from the topic itself. */
@org.jspecify.annotations.NullMarked
package com.threadly.pipeline.dedup;
