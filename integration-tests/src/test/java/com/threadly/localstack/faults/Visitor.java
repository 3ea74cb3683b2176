package com.threadly.localstack.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.threadly.events.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A group member that takes partitions and returns them unchanged: it handles and commits nothing. One visit is two
 * rebalances.
 */
final class Visitor {

    private static final Duration POLL = Duration.ofMillis(50);

    private final Map<String, Object> config;

    Visitor(String protocol, String bootstrapServers) {
        config = new HashMap<>(Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.GROUP_ID_CONFIG,
                WorkerProcess.NAME,
                ConsumerConfig.GROUP_PROTOCOL_CONFIG,
                protocol,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false));
        if (protocol.equals("classic")) {
            config.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 500);
            config.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        }
    }

    /** Joins this many times, and leaves each time as soon as it has partitions. */
    CompletableFuture<Void> visit(int times) {
        return CompletableFuture.runAsync(
                () -> IntStream.range(0, times).forEach(_ -> visit()),
                task -> Thread.ofVirtual().start(task));
    }

    private void visit() {
        try (var consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(Topics.MESSAGE_EVENTS.name(), Topics.TYPING_EVENTS.name()));
            await().atMost(TestConversations.LIMIT).pollInSameThread().untilAsserted(() -> {
                consumer.poll(POLL);
                assertThat(consumer.assignment()).isNotEmpty();
            });
        }
    }
}
