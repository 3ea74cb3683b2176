package com.threadly.presence.streams;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.events.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class TickerTest {

    private static final int PARTITIONS = 12;

    private final MockProducer<byte[], byte[]> producer = new MockProducer<>(
            cluster(), true, new RoundRobinPartitioner(), new ByteArraySerializer(), new ByteArraySerializer());

    @Test
    void writesToThePartitionsThatAreCountedHereOnly() {
        try (var ticker = ticker(Set.of(3, 7))) {
            assertThat(ticker.getAsInt()).isZero();
            ticker.tick();

            assertThat(ticker.getAsInt()).isEqualTo(PARTITIONS);
            assertThat(producer.history())
                    .allSatisfy(record -> {
                        assertThat(record.topic()).isEqualTo(Topics.PRESENCE_EVENTS.name());
                        assertThat(record.key()).isNull();
                        assertThat(record.value()).isNull();
                    })
                    .extracting(record -> record.partition())
                    .containsExactlyInAnyOrder(3, 7);
        }
    }

    @Test
    void goesOnAfterAFailure() {
        try (var ticker = ticker(Set.of(3))) {
            producer.sendException = new KafkaException("away");
            ticker.tick();
            producer.sendException = null;
            ticker.tick();

            assertThat(producer.history()).hasSize(1);
        }
    }

    private Ticker ticker(Set<Integer> own) {
        return new Ticker(producer, () -> own, Duration.ofSeconds(1), Clock.systemUTC(), new SimpleMeterRegistry());
    }

    private static Cluster cluster() {
        var node = new Node(0, "localhost", 9092);
        List<PartitionInfo> partitions = IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> new PartitionInfo(
                        Topics.PRESENCE_EVENTS.name(), partition, node, new Node[] {node}, new Node[] {node}))
                .toList();
        return new Cluster("cluster", List.of(node), partitions, Set.of(), Set.of());
    }
}
