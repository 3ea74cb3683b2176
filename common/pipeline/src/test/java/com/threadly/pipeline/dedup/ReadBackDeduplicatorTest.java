package com.threadly.pipeline.dedup;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.threadly.events.Topics;
import com.threadly.pipeline.PipelineFixture;
import com.threadly.pipeline.start.StartNote;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadBackDeduplicatorTest {

    private static final TopicPartition GOOD = new TopicPartition(Topics.TYPING_EVENTS.name(), 0);
    private static final TopicPartition POOR = new TopicPartition(Topics.TYPING_EVENTS.name(), 1);
    private static final UUID ID = new UUID(1, 2);

    private final PipelineFixture fixture = new PipelineFixture();
    private final Map<TopicPartition, HandledLog> logs = new ConcurrentHashMap<>(Map.of(
            GOOD, new HandledLog(1, Long.MAX_VALUE, 0, 1, 1),
            POOR, new HandledLog(1, Long.MAX_VALUE, 0, 1, 1)));
    private final Set<TopicPartition> giving = ConcurrentHashMap.newKeySet();
    private final AtomicInteger attempts = new AtomicInteger();
    private volatile boolean unreachable;

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aPartitionOfWhichKafkaGivesNothingHoldsUpOnlyItselfAndIsTriedAgain() {
        giving.add(GOOD);
        ReadBackDeduplicator readBack = readBack();

        Function<TopicPartition, PartitionDeduplicator> duplicates = readBack.of(List.of(GOOD, POOR));

        PartitionDeduplicator poor = duplicates.apply(POOR);
        await().until(duplicates.apply(GOOD)::isKnown);
        await().until(() -> attempts.get() > 1);
        assertThat(poor.isKnown()).isFalse();
        assertThat(readBack.trouble())
                .hasValueSatisfying(why -> assertThat(why).contains("reads 1 partitions back", POOR + " (at 0 of 1)"));
        giving.add(POOR);
        await().until(poor::isKnown);
        assertThat(readBack.trouble()).isEmpty();
        ConsumerRecord<byte[], byte[]> again = fixture.typing(1, ID, "c1", "ana");
        assertThat(poor.isDuplicate(again, fixture.decoder().decode(again.value())))
                .isTrue();
    }

    @Test
    void aPartitionThatHasGoneIsNoTroubleAnyMore() {
        ReadBackDeduplicator readBack = readBack();
        PartitionDeduplicator duplicates = readBack.of(List.of(POOR)).apply(POOR);
        await().until(() -> attempts.get() > 1);

        duplicates.abandon();

        assertThat(readBack.trouble()).isEmpty();
    }

    @Test
    void whatIsKnownBeforeAnybodyAsksIsStillThere() {
        giving.add(GOOD);
        ReadBackDeduplicator readBack = readBack();

        Function<TopicPartition, PartitionDeduplicator> duplicates = readBack.of(List.of(GOOD, POOR));

        // The second attempt no longer reads the first partition.
        await().until(() -> attempts.get() > 1);
        await().until(duplicates.apply(GOOD)::isKnown);
        duplicates.apply(POOR).abandon();
    }

    @Test
    void beginsAtTheEndOfALogThatIsShorterThanWhatWasCommitted() {
        logs.put(GOOD, new HandledLog(9, Long.MAX_VALUE, 0, 1, 1));
        giving.add(GOOD);

        PartitionDeduplicator duplicates = readBack().of(List.of(GOOD)).apply(GOOD);

        await().until(duplicates::isKnown);
        assertThat(duplicates.start().beginAt()).hasValue(1);
    }

    @Test
    void waitsForNoOffsetThatOnlyTheEndOfATransactionWouldReach() {
        logs.put(GOOD, new HandledLog(5, Long.MAX_VALUE, 0, 1, 5));
        giving.add(GOOD);

        PartitionDeduplicator duplicates = readBack().of(List.of(GOOD)).apply(GOOD);

        await().until(duplicates::isKnown);
        assertThat(duplicates.start().beginAt()).isEmpty();
    }

    @Test
    void clientsThatCannotBeMadeNowAreMadeLater() {
        unreachable = true;
        giving.add(GOOD);
        ReadBackDeduplicator readBack = readBack();
        PartitionDeduplicator duplicates = readBack.of(List.of(GOOD)).apply(GOOD);
        await().until(() -> readBack.trouble().orElse("").contains("no such host"));

        unreachable = false;

        await().until(duplicates::isKnown);
    }

    private ReadBackDeduplicator readBack() {
        return new ReadBackDeduplicator(new EventIdLoader(
                new DedupSettings(Duration.ofMinutes(10), 100),
                this::brokers,
                this::consumer,
                fixture.decoder(),
                Clock.systemUTC(),
                Duration.ofMillis(100)));
    }

    private HistoryLoader.Logs brokers() {
        attempts.incrementAndGet();
        if (unreachable) {
            throw new KafkaException("no such host");
        }
        return new HistoryLoader.Logs() {
            @Override
            public Map<TopicPartition, LogAtStart> of(Set<TopicPartition> partitions) {
                return partitions.stream()
                        .collect(Collectors.toMap(
                                partition -> partition,
                                partition -> LogAtStart.committed(
                                        requireNonNull(logs.get(partition)), StartNote.NONE, false)));
            }

            @Override
            public Map<TopicPartition, Long> at(Map<TopicPartition, Long> times) {
                var offsets = new HashMap<TopicPartition, Long>();
                times.keySet().forEach(partition -> offsets.put(partition, 0L));
                return offsets;
            }

            @Override
            public Map<TopicPartition, Long> latestTimes(Set<TopicPartition> partitions) {
                return Map.of();
            }

            @Override
            public Optional<String> trouble() {
                return Optional.empty();
            }

            @Override
            public void close() {}
        };
    }

    /** Returns one record from each partition that has any. */
    private Consumer<byte[], byte[]> consumer() {
        var consumer = new MockConsumer<byte[], byte[]>("earliest");
        consumer.schedulePollTask(() -> giving.stream()
                .filter(consumer.assignment()::contains)
                .forEach(partition -> consumer.addRecord(new ConsumerRecord<>(
                        partition.topic(),
                        partition.partition(),
                        0,
                        new byte[] {1},
                        fixture.typing(0, ID, "c1", "ana").value()))));
        return consumer;
    }
}
