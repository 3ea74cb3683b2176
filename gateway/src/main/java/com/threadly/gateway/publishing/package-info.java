/** Publishes events to Kafka: acknowledged or rejected, never silently lost. */
@org.jspecify.annotations.NullMarked
package com.threadly.gateway.publishing;
