package com.threadly.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.threadly.deadletter.DeadLetterHeaders;
import com.threadly.pipeline.dedup.DedupSettings;
import com.threadly.pipeline.dedup.EventIdSet;
import com.threadly.pipeline.dedup.PartitionDeduplicator;
import com.threadly.pipeline.dedup.PartitionHistory;
import com.threadly.pipeline.start.PartitionStart;
import com.threadly.pusher.PushEvent;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PartitionDeduplicatorTest {

    private final PipelineFixture fixture = new PipelineFixture();
    private final CompletableFuture<PartitionHistory> readBack = new CompletableFuture<>();
    private final AssignedPartition assigned =
            fixture.assigned(PipelineFixture::pushUserIds, PartitionDeduplicator.of(readBack));

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aDuplicateIsNotPushedAndItsOffsetCompletes() {
        ConsumerRecord<byte[], byte[]> first = fixture.typing(0, "c1", "ana");
        readBack.complete(new PartitionHistory(
                new EventIdSet(new DedupSettings(Duration.ofMinutes(1), 10), Clock.systemUTC()),
                PartitionStart.COMMITTED));

        assigned.accept(List.of(first, again(first, 1), fixture.typing(2, "c1", "ben")));
        assigned.accept(List.of(again(first, 3)));

        await().untilAsserted(
                        () -> assertThat(PipelineFixture.committed(assigned)).hasValue(4));
        assertThat(fixture.pushed).extracting(PushEvent::data).containsExactly("ana", "ben");
        assertThat(fixture.meters
                        .get("threadly.records")
                        .tags("topic", first.topic(), "outcome", "skipped_duplicate")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void aRecordThatIsRedrivenIsHandledThoughItHasBeenSeen() {
        ConsumerRecord<byte[], byte[]> first = fixture.typing(0, "c1", "ana");
        ConsumerRecord<byte[], byte[]> redriven = again(first, 1);
        redriven.headers().add(DeadLetterHeaders.WORKER, "worker".getBytes(StandardCharsets.UTF_8));
        readBack.complete(new PartitionHistory(
                new EventIdSet(new DedupSettings(Duration.ofMinutes(1), 10), Clock.systemUTC()),
                PartitionStart.COMMITTED));

        assigned.accept(List.of(first, redriven));

        await().untilAsserted(
                        () -> assertThat(PipelineFixture.committed(assigned)).hasValue(2));
        assertThat(fixture.pushed).hasSize(2);
    }

    @Test
    void whatIsRedrivenForAnotherWorkerIsSkipped() {
        ConsumerRecord<byte[], byte[]> redriven = fixture.typing(0, "c1", "ana");
        redriven.headers().add(DeadLetterHeaders.WORKER, "another-worker".getBytes(StandardCharsets.UTF_8));
        readBack.complete(new PartitionHistory(
                new EventIdSet(new DedupSettings(Duration.ofMinutes(1), 10), Clock.systemUTC()),
                PartitionStart.COMMITTED));

        assigned.accept(List.of(redriven, fixture.typing(1, "c1", "ben")));

        await().untilAsserted(
                        () -> assertThat(PipelineFixture.committed(assigned)).hasValue(2));
        assertThat(fixture.pushed).extracting(PushEvent::data).containsExactly("ben");
        assertThat(fixture.meters
                        .get("threadly.records")
                        .tags("topic", redriven.topic(), "outcome", "skipped_redriven_for_another")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void nothingIsUnderWayWhileThePartitionIsReadBack() throws InterruptedException {
        assigned.accept(List.of(fixture.typing(0, "c1", "ana")));

        assigned.drain();

        assertThat(assigned.awaitIdle(Duration.ZERO)).isTrue();
        assertThat(assigned.held()).isZero();
        assertThat(PipelineFixture.committed(assigned)).isEmpty();
    }

    @Test
    void aFaultOfReadingBackEndsTheProcess() {
        readBack.completeExceptionally(new IllegalStateException("a fault"));

        assigned.accept(List.of(fixture.typing(0, "c1", "ana")));

        await().until(() -> !fixture.failures.isEmpty());
        assertThat(fixture.pushed).isEmpty();
    }

    private static ConsumerRecord<byte[], byte[]> again(ConsumerRecord<byte[], byte[]> record, long offset) {
        return PipelineFixture.record(offset, new String(record.key(), StandardCharsets.UTF_8), record.value());
    }
}
