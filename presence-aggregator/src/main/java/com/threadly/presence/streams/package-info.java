/** Kafka Streams: topology, settings, bad records and lifecycle. */
@org.jspecify.annotations.NullMarked
package com.threadly.presence.streams;
