package com.threadly.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.Test;

class OffsetCommitterTest {

    /** One whose {@code wakeup} came when it was not polling: its next blocking call throws. */
    private static final class WokenUp extends MockConsumer<byte[], byte[]> {
        private boolean woken = true;

        WokenUp() {
            super("earliest");
        }

        @Override
        public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration limit) {
            if (woken) {
                woken = false;
                throw new WakeupException();
            }
            super.commitSync(offsets, limit);
        }
    }

    @Test
    void theLastCommitSurvivesTheWakeupOfAStop() {
        try (var consumer = new WokenUp();
                var fixture = new PipelineFixture()) {
            consumer.assign(List.of(PipelineFixture.PARTITION));
            AssignedPartition assigned = fixture.assigned(PipelineFixture::pushUserIds);
            assigned.accept(
                    List.of(new ConsumerRecord<>(PipelineFixture.PARTITION.topic(), 0, 41, new byte[] {1}, null)));
            await().until(() -> assigned.committable().isPresent());

            new OffsetCommitter(consumer, Duration.ZERO).commitNow(List.of(assigned), Duration.ofSeconds(5));

            assertThat(consumer.committed(Set.of(PipelineFixture.PARTITION)))
                    .containsEntry(PipelineFixture.PARTITION, new OffsetAndMetadata(42));
        }
    }
}
