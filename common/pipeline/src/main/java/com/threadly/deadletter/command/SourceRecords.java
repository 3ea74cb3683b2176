package com.threadly.deadletter.command;

import com.threadly.runtime.kafka.BoundedConsumer;
import com.threadly.runtime.kafka.PartitionReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Fetches source records for dead letters that lack part of them. */
final class SourceRecords {

    private final Supplier<Consumer<byte[], byte[]>> consumers;

    SourceRecords(Supplier<Consumer<byte[], byte[]>> consumers) {
        this.consumers = consumers;
    }

    /** The record at {@code position} of {@code topic}; empty when it has been deleted, or is too large to be read. */
    Optional<ConsumerRecord<byte[], byte[]>> at(String topic, Position position) throws InterruptedException {
        var partition = new TopicPartition(topic, position.partition());
        var found = new AtomicReference<@Nullable ConsumerRecord<byte[], byte[]>>();
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
                            .filter(record ->
                                    record.offset() == position.offset() && !BoundedConsumer.isValueLeftOut(record))
                            .forEach(found::set));
        }
        return Optional.ofNullable(found.get());
    }
}
