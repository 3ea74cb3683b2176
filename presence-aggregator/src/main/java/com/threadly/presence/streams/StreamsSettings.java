package com.threadly.presence.streams;

import java.nio.file.Path;
import java.util.Optional;
import org.apache.kafka.streams.state.HostInfo;

/**
 * How Kafka Streams runs.
 *
 * @param threads of this process
 * @param standbys copies of each state that other processes keep up to date
 * @param stateDir where stores are kept
 * @param address where other processes ask this one; without it they cannot
 */
public record StreamsSettings(int threads, int standbys, Path stateDir, Optional<HostInfo> address) {}
