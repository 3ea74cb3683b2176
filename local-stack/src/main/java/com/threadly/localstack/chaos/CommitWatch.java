package com.threadly.localstack.chaos;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.TopicPartition;

/** Asks all the time what groups have committed; while Kafka does not answer, what it said last holds. */
final class CommitWatch implements Committed, AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(250);

    private final List<String> groups;
    private final Clock clock;
    private final Admin admin;
    private final NavigableMap<Instant, Map<String, Map<TopicPartition, Long>>> samples = new ConcurrentSkipListMap<>();
    private final Thread thread;

    CommitWatch(String bootstrapServers, List<String> groups, Clock clock) {
        this.groups = List.copyOf(groups);
        this.clock = clock;
        this.admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
        this.thread = Thread.ofVirtual().name("commit-watch").start(this::watch);
    }

    @Override
    public Map<TopicPartition, Long> by(String group, Instant at) {
        var sample = samples.floorEntry(at);
        return sample == null ? Map.of() : sample.getValue().getOrDefault(group, Map.of());
    }

    private void watch() {
        try {
            while (true) {
                sample();
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void sample() throws InterruptedException {
        // Before the question: the answer may be newer, never older.
        Instant asked = clock.instant();
        try {
            Map<String, Map<TopicPartition, Long>> committed = new HashMap<>();
            for (String group : groups) {
                Map<TopicPartition, Long> offsets = new HashMap<>();
                admin.listConsumerGroupOffsets(group)
                        .partitionsToOffsetAndMetadata()
                        .get()
                        .forEach((partition, offset) -> offsets.put(partition, offset.offset()));
                committed.put(group, offsets);
            }
            samples.put(asked, committed);
        } catch (ExecutionException away) {
            // The next sample may succeed.
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        admin.close(Duration.ofSeconds(5));
    }
}
