package com.threadly.presence;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The aggregators' whole state, as a process that starts without state would restore it. */
record Changelogs(String kafka) {

    private static final List<String> TOPICS =
            List.of("presence-aggregator-viewers-store-changelog", "presence-aggregator-users-store-changelog");

    /** A record in a store; the same key may be in the stores of several partitions. */
    private record Place(String topic, int partition, ByteBuffer key) {}

    /** Whether a key or a value has {@code name} in it. */
    boolean mention(String name) {
        return all().entrySet().stream()
                .anyMatch(entry -> text(entry.getKey().key().array()).contains(name)
                        || text(entry.getValue()).contains(name));
    }

    private Map<Place, byte[]> all() {
        var all = new HashMap<Place, byte[]>();
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = TOPICS.stream()
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                    var place = new Place(record.topic(), record.partition(), ByteBuffer.wrap(record.key()));
                    if (record.value() == null) {
                        all.remove(place);
                    } else {
                        all.put(place, record.value());
                    }
                });
            }
        }
        return all;
    }

    /** Names are surrounded by other bytes. */
    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
