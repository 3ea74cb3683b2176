/** What pipelines are to real brokers. */
@org.jspecify.annotations.NullMarked
package com.threadly.pipeline;
