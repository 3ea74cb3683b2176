package com.threadly.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CarefulPollTest {

    private static final List<TopicPartition> PARTITIONS = IntStream.range(0, 4)
            .mapToObj(number -> new TopicPartition("t", number))
            .toList();
    private static final TopicPartition BAD = PARTITIONS.get(2);

    private final Damaged consumer = new Damaged();
    private final List<Integer> taken = new ArrayList<>();
    private final List<String> stopped = new ArrayList<>();
    private final CarefulPoll poll = new CarefulPoll(
            consumer,
            PARTITIONS::contains,
            records -> records.forEach(record -> taken.add(record.partition())),
            (partition, offset, cause) -> stopped.add(partition + "@" + offset + ": " + cause));

    /** As Kafka's: while it polls the damaged partition, it gives nothing but a failure. */
    private static final class Damaged extends MockConsumer<byte[], byte[]> {
        private @Nullable Supplier<RuntimeException> damage;
        private boolean outOfMemory;

        Damaged() {
            super("earliest");
            assign(PARTITIONS);
            updateBeginningOffsets(
                    Map.of(PARTITIONS.get(0), 0L, PARTITIONS.get(1), 0L, PARTITIONS.get(2), 0L, PARTITIONS.get(3), 0L));
            PARTITIONS.stream()
                    .filter(partition -> !partition.equals(BAD))
                    .forEach(partition -> addRecord(new ConsumerRecord<>("t", partition.partition(), 0, null, null)));
            seek(BAD, 7);
        }

        @Override
        public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            if (damage != null && !paused().contains(BAD)) {
                if (outOfMemory) {
                    outOfMemory = false;
                    throw new OutOfMemoryError("Java heap space");
                }
                throw damage.get();
            }
            return super.poll(timeout);
        }
    }

    @Test
    void findsTheOnePartitionThatCannotBeReadAndGivesWhatTheOthersHave() {
        consumer.damage = () -> new KafkaException("seek past it", new KafkaException("Record is corrupt"));

        assertThat(poll.poll(Duration.ZERO)).isTrue();

        assertThat(stopped).containsExactly("t-2@7: Record is corrupt");
        assertThat(taken).containsExactlyInAnyOrder(0, 1, 3);
        assertThat(consumer.paused()).containsExactly(BAD);
        assertThat(poll.poll(Duration.ZERO)).isFalse();
    }

    @Test
    void aRecordThatDoesNotFitIntoTheHeapIsSuchAOne() {
        consumer.outOfMemory = true;
        consumer.damage = () -> new KafkaException("seek past it");

        assertThat(poll.poll(Duration.ZERO)).isTrue();

        assertThat(stopped).containsExactly("t-2@7: it does not fit into the heap: Java heap space");
        assertThat(taken).containsExactlyInAnyOrder(0, 1, 3);
    }

    @Test
    void leavesPausedWhatWasPausedBefore() {
        consumer.pause(List.of(PARTITIONS.get(0)));
        consumer.damage = () -> new KafkaException("seek past it", new KafkaException("Record is corrupt"));

        assertThat(poll.poll(Duration.ZERO)).isTrue();

        assertThat(taken).containsExactlyInAnyOrder(1, 3);
        assertThat(consumer.paused()).containsExactlyInAnyOrder(BAD, PARTITIONS.get(0));
    }

    @Test
    void whatIsNotOfOnePartitionIsNotHidden() {
        for (int i = 0; i < 3; i++) {
            consumer.setPollException(new KafkaException("something else"));
            assertThat(poll.poll(Duration.ZERO)).isTrue();
        }
        assertThat(stopped).isEmpty();
        consumer.setPollException(new KafkaException("something else"));

        assertThatThrownBy(() -> poll.poll(Duration.ZERO)).hasMessage("something else");
    }

    /** The position is past those records by then, so they would be lost if the loop went on. */
    @Test
    void aFailureToTakeWhatWasReadIsNotOneToRead() {
        for (Throwable failure : List.of(new OutOfMemoryError("Java heap space"), new KafkaException("not readable"))) {
            var taking = new CarefulPoll(
                    new Damaged(),
                    PARTITIONS::contains,
                    _ -> sneakily(failure),
                    (partition, offset, cause) -> stopped.add(partition + "@" + offset + ": " + cause));

            assertThatThrownBy(() -> taking.poll(Duration.ZERO)).isSameAs(failure);
            assertThat(stopped).isEmpty();
        }
    }

    @Test
    void norIsOneToTakeWhatTheOthersHave() {
        consumer.damage = () -> new KafkaException("seek past it", new KafkaException("Record is corrupt"));
        var failure = new OutOfMemoryError("Java heap space");
        var taking = new CarefulPoll(
                consumer,
                PARTITIONS::contains,
                records -> {
                    if (!records.isEmpty()) {
                        throw failure;
                    }
                },
                (partition, offset, cause) -> stopped.add(partition + "@" + offset + ": " + cause));

        assertThatThrownBy(() -> taking.poll(Duration.ZERO)).isSameAs(failure);
        assertThat(stopped).noneMatch(told -> !told.startsWith(BAD.toString()));
    }

    private static void sneakily(Throwable failure) {
        switch (failure) {
            case Error error -> throw error;
            case RuntimeException exception -> throw exception;
            default -> throw new AssertionError(failure);
        }
    }
}
