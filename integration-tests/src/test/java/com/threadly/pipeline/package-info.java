/** Pipelines against real brokers. */
@org.jspecify.annotations.NullMarked
package com.threadly.pipeline;
