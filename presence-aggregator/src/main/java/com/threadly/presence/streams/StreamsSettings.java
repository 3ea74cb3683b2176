package com.threadly.presence.streams;

import java.nio.file.Path;
import java.util.Optional;
import org.apache.kafka.streams.state.HostInfo;

/**
 * The settings of Kafka Streams.
 *
 * @param threads of this process
 * @param standbys copies of each state in other processes
 * @param stateDir the folder of the stores
 * @param address where other processes reach this one; without it they cannot
 */
public record StreamsSettings(int threads, int standbys, Path stateDir, Optional<HostInfo> address) {}
