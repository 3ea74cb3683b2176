/** Kafka availability, and reading topic ranges without a consumer group. */
@org.jspecify.annotations.NullMarked
package com.threadly.runtime.kafka;
