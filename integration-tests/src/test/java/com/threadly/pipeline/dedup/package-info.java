@org.jspecify.annotations.NullMarked
package com.threadly.pipeline.dedup;
