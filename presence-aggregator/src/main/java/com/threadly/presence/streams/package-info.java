/** The Kafka Streams side: topology, its settings, its bad records and its life. */
@org.jspecify.annotations.NullMarked
package com.threadly.presence.streams;
