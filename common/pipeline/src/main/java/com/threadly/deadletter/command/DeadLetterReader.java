package com.threadly.deadletter.command;

import com.threadly.deadletter.DeadLetterHeaders;
import com.threadly.events.Topics;
import com.threadly.runtime.kafka.PartitionReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/**
 * A worker's dead letters at the time of opening. They are read twice, because a dead letter's redrive mark comes after
 * it. Either pass holds only one poll's records and the marked positions.
 */
final class DeadLetterReader {

    /** Handles dead letters, in order per partition. */
    @FunctionalInterface
    interface Reader {
        void read(List<DeadLetter> letters) throws InterruptedException;
    }

    private record Place(String topic, Position position) {}

    private final Consumer<byte[], byte[]> consumer;
    /** Source topics by the names of their dead letter topics. */
    private final Map<String, String> sources = new HashMap<>();

    private final List<String> missing = new ArrayList<>();
    private final Map<TopicPartition, Long> ends;

    /** Opens the dead letters of the source {@code topics}. */
    DeadLetterReader(Consumer<byte[], byte[]> consumer, String worker, List<String> topics) {
        this.consumer = consumer;
        var partitions = new ArrayList<TopicPartition>();
        for (String topic : topics) {
            String letters = Topics.deadLetters(topic, worker);
            sources.put(letters, topic);
            List<PartitionInfo> found = consumer.partitionsFor(letters);
            if (found == null || found.isEmpty()) {
                missing.add(letters);
            } else {
                found.forEach(partition -> partitions.add(new TopicPartition(letters, partition.partition())));
            }
        }
        consumer.assign(partitions);
        ends = partitions.isEmpty() ? Map.of() : consumer.endOffsets(partitions);
    }

    /** The dead letter topics that do not exist. */
    List<String> missing() {
        return missing;
    }

    /** Passes all dead letters to {@code reader}, per partition the oldest first. */
    void read(Reader reader) throws InterruptedException {
        Set<Place> redriven = new HashSet<>();
        fromTheBeginning(records -> records.forEach(record ->
                marked(record).ifPresent(deadLetter -> redriven.add(new Place(record.topic(), deadLetter)))));
        fromTheBeginning(records -> reader.read(records.stream()
                .filter(record -> marked(record).isEmpty())
                .map(record -> deadLetter(record, redriven))
                .toList()));
    }

    /**
     * The dead letter that {@code record} marks; empty when it is itself a dead letter, whatever its headers.
     */
    private static Optional<Position> marked(ConsumerRecord<byte[], byte[]> record) {
        String place = DeadLetterHeaders.text(record.headers(), DeadLetterHeaders.REDRIVEN);
        if (place == null || record.value() != null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Position.parse(place));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private DeadLetter deadLetter(ConsumerRecord<byte[], byte[]> record, Set<Place> redriven) {
        var place = new Place(record.topic(), new Position(record.partition(), record.offset()));
        return new DeadLetter(sources.getOrDefault(record.topic(), ""), record, redriven.contains(place));
    }

    private void fromTheBeginning(PartitionReader.Batches batches) throws InterruptedException {
        consumer.resume(ends.keySet());
        consumer.seekToBeginning(ends.keySet());
        PartitionReader.read(consumer, ends, batches);
    }
}
