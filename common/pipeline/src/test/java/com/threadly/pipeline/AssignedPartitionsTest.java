package com.threadly.pipeline;

import static com.threadly.pipeline.PipelineFixture.PARTITION;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;

class AssignedPartitionsTest {

    @Test
    void onlyAPositionThatWasReachedByReadingIsCommitted() {
        try (var consumer = new MockConsumer<byte[], byte[]>("earliest");
                var fixture = new PipelineFixture()) {
            consumer.assign(List.of(PARTITION));
            var partitions = new AssignedPartitions(
                    consumer,
                    (_, duplicates) -> fixture.assigned(PipelineFixture::pushUserIds, duplicates),
                    PipelineFixture.NO_DEDUPLICATION,
                    new OffsetCommitter(consumer, Duration.ZERO, fixture.meters.counter("failures"), System::nanoTime),
                    PipelineFixture.session(),
                    Duration.ofSeconds(1));
            partitions.onPartitionsAssigned(List.of(PARTITION));

            // A fetch that found nothing, in a poll that has records of other partitions.
            partitions.accept(reached(new OffsetAndMetadata(45)));
            assertThat(partitions.all())
                    .singleElement()
                    .satisfies(assigned -> assertThat(assigned.committable()).isEmpty());

            // The end of a transaction.
            var end = new OffsetAndMetadata(46, Optional.of(2), "");
            partitions.accept(reached(end));
            assertThat(partitions.all())
                    .singleElement()
                    .satisfies(assigned -> assertThat(assigned.committable()).contains(end));
        }
    }

    private static ConsumerRecords<byte[], byte[]> reached(OffsetAndMetadata position) {
        return new ConsumerRecords<>(Map.of(), Map.of(PARTITION, position));
    }
}
