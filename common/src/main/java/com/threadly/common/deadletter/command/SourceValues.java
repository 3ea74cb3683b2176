package com.threadly.common.deadletter.command;

import com.threadly.common.reading.PartitionReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Fetches the values that dead letters do not have. */
final class SourceValues {

    private final Supplier<Consumer<byte[], byte[]>> consumers;

    SourceValues(Supplier<Consumer<byte[], byte[]>> consumers) {
        this.consumers = consumers;
    }

    /** The value of the record at {@code position} of {@code topic}; empty when it has gone. */
    Optional<byte[]> at(String topic, Position position) throws InterruptedException {
        var partition = new TopicPartition(topic, position.partition());
        var value = new AtomicReference<byte[]>();
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            consumer.assign(List.of(partition));
            long first = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            if (position.offset() < first || position.offset() >= end) {
                return Optional.empty();
            }
            consumer.seek(partition, position.offset());
            PartitionReader.read(
                    consumer,
                    Map.of(partition, position.offset() + 1),
                    records -> records.stream()
                            .filter(record -> record.offset() == position.offset())
                            .forEach(record -> value.set(record.value())));
        }
        return Optional.ofNullable(value.get());
    }
}
