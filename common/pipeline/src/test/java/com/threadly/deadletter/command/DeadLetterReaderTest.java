package com.threadly.deadletter.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.deadletter.DeadLetterHeaders;
import com.threadly.deadletter.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class DeadLetterReaderTest {

    private static final TopicPartition PARTITION = new TopicPartition(DeadLetterSamples.LETTERS, 0);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");

    @Test
    void knowsWhichLettersHaveBeenRedriven() throws InterruptedException {
        List<ConsumerRecord<byte[], byte[]>> records = List.of(
                DeadLetterSamples.record(new Position(0, 0), Reason.REJECTED, DeadLetterSamples.NOW),
                DeadLetterSamples.record(new Position(0, 1), Reason.REJECTED, DeadLetterSamples.NOW),
                DeadLetterSamples.mark(new Position(0, 2), new Position(0, 0)),
                pretendingToBeAMark(new Position(0, 3)));
        consumer.updatePartitions(
                DeadLetterSamples.LETTERS,
                List.of(new PartitionInfo(DeadLetterSamples.LETTERS, 0, Node.noNode(), new Node[0], new Node[0])));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.updateEndOffsets(Map.of(PARTITION, 4L));
        var reader = new DeadLetterReader(
                consumer, DeadLetterSamples.WORKER, List.of(DeadLetterSamples.TOPIC, "typing-events"));
        // It reads twice.
        for (int i = 0; i < 2; i++) {
            consumer.schedulePollTask(() -> records.forEach(consumer::addRecord));
        }

        var letters = new ArrayList<DeadLetter>();
        reader.read(letters::addAll);

        assertThat(letters)
                .extracting(DeadLetter::position)
                .containsExactly(new Position(0, 0), new Position(0, 1), new Position(0, 3));
        assertThat(letters).extracting(DeadLetter::redriven).containsExactly(true, false, false);
        assertThat(reader.missing()).containsExactly("typing-events.message-fanout-worker.dlq");
    }

    private static ConsumerRecord<byte[], byte[]> pretendingToBeAMark(Position position) {
        ConsumerRecord<byte[], byte[]> deadLetter =
                DeadLetterSamples.record(position, Reason.INVALID, DeadLetterSamples.NOW);
        deadLetter.headers().add(DeadLetterHeaders.REDRIVEN, DeadLetterSamples.bytes("what a producer wrote"));
        return deadLetter;
    }
}
