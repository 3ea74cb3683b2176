package com.threadly.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.pipeline.dedup.PartitionDeduplicator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class BackpressureTest {

    @Test
    void pausesTheSlowPartitionFirstAndAllOfThemWhenTheProcessIsFull() {
        var backpressure = new Backpressure(10, 1_000);

        assertThat(backpressure.paused(List.of(assigned(0, 5, 1), assigned(1, 1, 1))))
                .isEmpty();
        assertThat(backpressure.paused(List.of(assigned(0, 6, 1), assigned(1, 1, 1))))
                .containsExactly(partition(0));
        assertThat(backpressure.paused(List.of(assigned(0, 5, 1), assigned(1, 5, 1))))
                .containsExactlyInAnyOrder(partition(0), partition(1));
    }

    @Test
    void countsBytesToo() {
        var backpressure = new Backpressure(10, 1_000);

        assertThat(backpressure.paused(List.of(assigned(0, 1, 600), assigned(1, 1, 1))))
                .containsExactly(partition(0));
        assertThat(backpressure.paused(List.of(assigned(0, 1, 500), assigned(1, 1, 500))))
                .hasSize(2);
    }

    /** A partition whose records never end. */
    private static AssignedPartition assigned(int partition, int records, int bytesEach) {
        var assigned = new AssignedPartition(
                partition(partition),
                PartitionDeduplicator.NONE,
                batch -> {},
                Thread.ofVirtual().factory(),
                PipelineFixture.session(),
                failure -> {});
        var polled = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        for (int i = 0; i < records; i++) {
            polled.add(new ConsumerRecord<>(
                    "t",
                    partition,
                    i,
                    0,
                    TimestampType.CREATE_TIME,
                    0,
                    bytesEach,
                    new byte[0],
                    new byte[bytesEach],
                    new RecordHeaders(),
                    Optional.empty()));
        }
        assigned.accept(polled);
        return assigned;
    }

    private static TopicPartition partition(int partition) {
        return new TopicPartition("t", partition);
    }
}
