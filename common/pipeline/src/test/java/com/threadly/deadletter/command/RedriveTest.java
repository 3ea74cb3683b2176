package com.threadly.deadletter.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.deadletter.DeadLetterHeaders;
import com.threadly.deadletter.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class RedriveTest {

    private final MockProducer<byte[], byte[]> producer = new MockProducer<>(
            cluster(8), true, new RoundRobinPartitioner(), new ByteArraySerializer(), new ByteArraySerializer());
    private final MockConsumer<byte[], byte[]> source = new MockConsumer<>("earliest");
    private final List<String> complaints = new ArrayList<>();
    private final Redrive redrive =
            new Redrive(producer, new SourceRecords(() -> source), (_, why) -> complaints.add(why));

    @Test
    void publishesALetterToWhereItCameFromAndThenMarksIt() throws InterruptedException {
        redrive.redrive(
                List.of(DeadLetterSamples.deadLetter(new Position(3, 17), Reason.REJECTED, DeadLetterSamples.NOW)));

        ProducerRecord<byte[], byte[]> again = producer.history().getFirst();
        assertThat(again.topic()).isEqualTo(DeadLetterSamples.TOPIC);
        assertThat(again.partition()).isEqualTo(7);
        assertThat(again.key()).isEqualTo(DeadLetterSamples.bytes("c-1"));
        assertThat(again.value()).isEqualTo(DeadLetterSamples.bytes("value"));
        assertThat(DeadLetterHeaders.text(again.headers(), DeadLetterHeaders.WORKER))
                .isEqualTo(DeadLetterSamples.WORKER);
        ProducerRecord<byte[], byte[]> mark = producer.history().getLast();
        assertThat(mark.topic()).isEqualTo(DeadLetterSamples.LETTERS);
        assertThat(mark.partition()).isEqualTo(3);
        assertThat(DeadLetterHeaders.text(mark.headers(), DeadLetterHeaders.REDRIVEN))
                .isEqualTo("3:17");
        assertThat(redrive.redriven()).containsEntry(DeadLetterSamples.TOPIC, 1);
        assertThat(redrive.complete()).isTrue();
    }

    @Test
    void goesOnWithTheTraceOfTheRecord() throws InterruptedException {
        byte[] traceparent = DeadLetterSamples.bytes("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        DeadLetter deadLetter =
                DeadLetterSamples.deadLetter(new Position(3, 17), Reason.REJECTED, DeadLetterSamples.NOW);
        deadLetter.record().headers().add("traceparent", traceparent);

        redrive.redrive(List.of(deadLetter));

        assertThat(producer.history().getFirst().headers().headers("traceparent"))
                .singleElement()
                .extracting(Header::value)
                .isEqualTo(traceparent);
    }

    @Test
    void leavesALetterWhoseValueHasGone() throws InterruptedException {
        DeadLetter deadLetter = DeadLetterSamples.deadLetter(new Position(3, 17), Reason.FAILED, DeadLetterSamples.NOW);
        deadLetter.record().headers().add(DeadLetterHeaders.VALUE_LEFT_OUT, "5".getBytes(StandardCharsets.UTF_8));
        var partition = new TopicPartition(DeadLetterSamples.TOPIC, 7);
        source.updateBeginningOffsets(Map.of(partition, 101L));
        source.updateEndOffsets(Map.of(partition, 200L));

        redrive.redrive(List.of(deadLetter));

        assertThat(producer.history()).isEmpty();
        assertThat(complaints)
                .singleElement()
                .asString()
                .contains("retention has removed it from message-events 7:100");
        assertThat(redrive.complete()).isFalse();
    }

    @Test
    void fetchesWhatALetterLacksFromTheSourceTopic() throws InterruptedException {
        DeadLetter deadLetter = DeadLetterSamples.deadLetter(new Position(3, 17), Reason.FAILED, DeadLetterSamples.NOW);
        deadLetter.record().headers().add(DeadLetterHeaders.KEY_LEFT_OUT, DeadLetterSamples.bytes("3"));
        deadLetter.record().headers().add(DeadLetterHeaders.HEADERS_LEFT_OUT, DeadLetterSamples.bytes("5"));
        var partition = new TopicPartition(DeadLetterSamples.TOPIC, 7);
        source.updateBeginningOffsets(Map.of(partition, 0L));
        source.updateEndOffsets(Map.of(partition, 101L));
        source.schedulePollTask(() -> {
            var whole = new ConsumerRecord<>(
                    DeadLetterSamples.TOPIC,
                    7,
                    100,
                    DeadLetterSamples.bytes("the key"),
                    DeadLetterSamples.bytes("whole"));
            whole.headers().add("traceparent", DeadLetterSamples.bytes("t"));
            whole.headers().add(DeadLetterHeaders.REASON, DeadLetterSamples.bytes("an earlier one"));
            source.addRecord(whole);
        });

        redrive.redrive(List.of(deadLetter));

        ProducerRecord<byte[], byte[]> again = producer.history().getFirst();
        assertThat(again.key()).isEqualTo(DeadLetterSamples.bytes("the key"));
        assertThat(again.value()).isEqualTo(DeadLetterSamples.bytes("whole"));
        assertThat(again.partition()).isEqualTo(7);
        assertThat(DeadLetterHeaders.text(again.headers(), "traceparent")).isEqualTo("t");
        assertThat(again.headers().headers(DeadLetterHeaders.REASON))
                .singleElement()
                .extracting(Header::value)
                .isEqualTo(DeadLetterSamples.bytes("FAILED"));
        assertThat(DeadLetterHeaders.isIncomplete(again.headers())).isFalse();
        assertThat(redrive.complete()).isTrue();
    }

    @Test
    void leavesALetterWhosePartitionIsNoMore() throws InterruptedException {
        var smaller = new MockProducer<>(
                cluster(7), true, new RoundRobinPartitioner(), new ByteArraySerializer(), new ByteArraySerializer());

        new Redrive(smaller, new SourceRecords(() -> source), (_, why) -> complaints.add(why))
                .redrive(List.of(
                        DeadLetterSamples.deadLetter(new Position(3, 17), Reason.REJECTED, DeadLetterSamples.NOW)));

        assertThat(smaller.history()).isEmpty();
        assertThat(complaints).containsExactly("message-events no longer has a partition 7");
    }

    @Test
    void leavesOutTheCauseWhereTheTopicTakesNoMoreThanTheRecordItself() throws InterruptedException {
        var narrow =
                new MockProducer<>(
                        cluster(8),
                        true,
                        new RoundRobinPartitioner(),
                        new ByteArraySerializer(),
                        new ByteArraySerializer()) {
                    @Override
                    public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
                        return record.headers().lastHeader(DeadLetterHeaders.MESSAGE) == null
                                ? super.send(record)
                                : CompletableFuture.failedFuture(new RecordTooLargeException());
                    }
                };
        var toNarrow = new Redrive(narrow, new SourceRecords(() -> source), (_, why) -> complaints.add(why));

        toNarrow.redrive(
                List.of(DeadLetterSamples.deadLetter(new Position(3, 17), Reason.UNDECODABLE, DeadLetterSamples.NOW)));

        ProducerRecord<byte[], byte[]> again = narrow.history().getFirst();
        assertThat(again.value()).isEqualTo(DeadLetterSamples.bytes("value"));
        assertThat(again.headers().toArray())
                .extracting(Header::key)
                .contains(DeadLetterHeaders.WORKER)
                .doesNotContain(DeadLetterHeaders.REASON);
        assertThat(toNarrow.redriven()).containsEntry(DeadLetterSamples.TOPIC, 1);
        assertThat(toNarrow.complete()).isTrue();
    }

    private static Cluster cluster(int partitions) {
        return new Cluster(
                "cluster",
                List.of(Node.noNode()),
                IntStream.range(0, partitions)
                        .mapToObj(number -> new PartitionInfo(
                                DeadLetterSamples.TOPIC, number, Node.noNode(), new Node[0], new Node[0]))
                        .toList(),
                Set.of(),
                Set.of());
    }

    @Test
    void leavesALetterThatDoesNotSayWhereItCameFrom() throws InterruptedException {
        DeadLetter deadLetter = DeadLetterSamples.deadLetter(new Position(3, 17), Reason.FAILED, DeadLetterSamples.NOW);
        deadLetter.record().headers().remove(DeadLetterHeaders.OFFSET);

        redrive.redrive(List.of(deadLetter));

        assertThat(producer.history()).isEmpty();
        assertThat(complaints).hasSize(1);
    }
}
