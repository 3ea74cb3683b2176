/** Whether Kafka answers, and reading ranges of topics without being a member of a group. */
@org.jspecify.annotations.NullMarked
package com.threadly.runtime.kafka;
