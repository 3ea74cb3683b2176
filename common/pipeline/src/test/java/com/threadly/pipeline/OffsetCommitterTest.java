package com.threadly.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.threadly.pipeline.dedup.PartitionDeduplicator;
import com.threadly.pipeline.dedup.PartitionHistory;
import com.threadly.pipeline.start.PartitionStart;
import com.threadly.pipeline.start.StartNote;
import com.threadly.pusher.PushEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.Test;

class OffsetCommitterTest {

    private final AtomicLong nanos = new AtomicLong();

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
            await().until(() -> PipelineFixture.committed(assigned).isPresent());

            committer(consumer, fixture).commitNow(List.of(assigned), Duration.ofSeconds(5));

            assertThat(consumer.committed(Set.of(PipelineFixture.PARTITION)))
                    .containsEntry(PipelineFixture.PARTITION, new OffsetAndMetadata(42));
        }
    }

    @Test
    void howTheGroupBeganIsCommittedWithEveryOffset() {
        var note = new StartNote(Instant.EPOCH, 12, 70);
        try (var consumer = new WokenUp();
                var fixture = new PipelineFixture()) {
            consumer.assign(List.of(PipelineFixture.PARTITION));
            AssignedPartition assigned = fixture.assigned(
                    PipelineFixture::pushUserIds,
                    PartitionDeduplicator.of(CompletableFuture.completedFuture(new PartitionHistory(
                            null, new PartitionStart(OptionalLong.of(41), Optional.of(7), note)))));
            OffsetCommitter offsets = committer(consumer, fixture);

            assertThat(offsets.beginAt(List.of(assigned), Duration.ofSeconds(5)))
                    .isTrue();
            assertThat(consumer.position(PipelineFixture.PARTITION)).isEqualTo(41);
            assertThat(consumer.committed(Set.of(PipelineFixture.PARTITION)))
                    .containsEntry(PipelineFixture.PARTITION, new OffsetAndMetadata(41, Optional.of(7), note.text()));

            assigned.accept(
                    List.of(new ConsumerRecord<>(PipelineFixture.PARTITION.topic(), 0, 41, new byte[] {1}, null)));
            await().until(() -> assigned.committable().isPresent());
            offsets.commitNow(List.of(assigned), Duration.ofSeconds(5));

            assertThat(consumer.committed(Set.of(PipelineFixture.PARTITION)))
                    .containsEntry(PipelineFixture.PARTITION, new OffsetAndMetadata(42, note.text()));
        }
    }

    @Test
    void whatLiesBeforeTheStartIsDoneWithoutBeingPushed() {
        var start = new PartitionStart(OptionalLong.empty(), new StartNote(Instant.EPOCH, 12, 42));
        try (var fixture = new PipelineFixture()) {
            AssignedPartition assigned = fixture.assigned(
                    PipelineFixture::pushUserIds,
                    PartitionDeduplicator.of(CompletableFuture.completedFuture(new PartitionHistory(null, start))));

            assigned.accept(List.of(fixture.typing(41, "c1", "old"), fixture.typing(42, "c1", "new")));

            await().until(() -> PipelineFixture.committed(assigned).orElse(0) == 43);
            assertThat(fixture.pushed).extracting(PushEvent::data).containsExactly("new");
        }
    }

    /** One whose commits the broker refuses while told to. */
    private static final class Refusing extends MockConsumer<byte[], byte[]> {
        private boolean refused = true;

        Refusing() {
            super("earliest");
        }

        @Override
        public synchronized void commitAsync(
                Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
            if (refused) {
                callback.onComplete(offsets, new CommitFailedException("the broker has no room for offsets"));
            } else {
                super.commitAsync(offsets, callback);
            }
        }
    }

    @Test
    void countsFailedCommitsAndIsInTroubleWhileTheyContinue() {
        try (var consumer = new Refusing();
                var fixture = new PipelineFixture()) {
            consumer.assign(List.of(PipelineFixture.PARTITION));
            AssignedPartition assigned = fixture.assigned(PipelineFixture::pushUserIds);
            assigned.accept(
                    List.of(new ConsumerRecord<>(PipelineFixture.PARTITION.topic(), 0, 41, new byte[] {1}, null)));
            await().until(() -> assigned.committable().isPresent());
            OffsetCommitter committer = committer(consumer, fixture);

            committer.commitWhenDue(List.of(assigned));
            assertThat(committer.trouble()).isEmpty();
            nanos.addAndGet(Duration.ofSeconds(16).toNanos());
            committer.commitWhenDue(List.of(assigned));
            assertThat(committer.trouble()).get().asString().contains("the broker has no room for offsets");
            assertThat(fixture.meters.counter("failures").count()).isEqualTo(2);

            consumer.refused = false;
            committer.commitWhenDue(List.of(assigned));
            assertThat(committer.trouble()).isEmpty();
        }
    }

    @Test
    void commitsUnchangedOffsetsAgainBeforeTheyExpire() {
        var commits = new ArrayList<Map<TopicPartition, OffsetAndMetadata>>();
        try (var consumer = new MockConsumer<byte[], byte[]>("earliest") {
                    @Override
                    public synchronized void commitAsync(
                            Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
                        commits.add(offsets);
                        super.commitAsync(offsets, callback);
                    }
                };
                var fixture = new PipelineFixture()) {
            var before = new OffsetAndMetadata(12, Optional.of(3), "partitions=12 push-from=0");
            consumer.assign(List.of(PipelineFixture.PARTITION));
            consumer.commitSync(Map.of(PipelineFixture.PARTITION, before));
            commits.clear();
            AssignedPartition assigned = fixture.assigned(PipelineFixture::pushUserIds);
            OffsetCommitter committer = committer(consumer, fixture);

            committer.commitWhenDue(List.of(assigned));
            assertThat(commits).isEmpty();
            for (int i = 1; i <= 2; i++) {
                nanos.addAndGet(Duration.ofSeconds(31).toNanos());
                committer.commitWhenDue(List.of(assigned));
                assertThat(commits).hasSize(i).last().isEqualTo(Map.of(PipelineFixture.PARTITION, before));
            }
        }
    }

    @Test
    void aSessionThatHasEndedIsRenewedByTheGroupThatTakesACommit() {
        try (var consumer = new Refusing();
                var fixture = new PipelineFixture()) {
            consumer.assign(List.of(PipelineFixture.PARTITION));
            AssignedPartition assigned = fixture.assigned(PipelineFixture::pushUserIds);
            GroupSession session = new GroupSession(() -> 0, nanos::get, PipelineFixture.SESSION_TIMEOUT);
            nanos.addAndGet(PipelineFixture.SESSION_TIMEOUT.toNanos());
            session.look();
            OffsetCommitter committer = committer(consumer, fixture);

            committer.commitAgain(List.of(assigned), session);
            assertThat(session.hasEnded()).isTrue();

            consumer.refused = false;
            committer.commitAgain(List.of(assigned), session);
            assertThat(session.hasEnded()).isFalse();
            assertThat(session.isValid()).isTrue();
        }
    }

    @Test
    void theGroupIsAskedSoonHoweverRarelyOffsetsAreCommitted() {
        try (var consumer = new Refusing();
                var fixture = new PipelineFixture()) {
            consumer.refused = false;
            consumer.assign(List.of(PipelineFixture.PARTITION));
            AssignedPartition assigned = fixture.assigned(PipelineFixture::pushUserIds);
            GroupSession session = new GroupSession(() -> 0, nanos::get, PipelineFixture.SESSION_TIMEOUT);
            var committer =
                    new OffsetCommitter(consumer, Duration.ofHours(1), fixture.meters.counter("failures"), nanos::get);
            nanos.addAndGet(PipelineFixture.SESSION_TIMEOUT.toNanos());
            session.look();

            committer.commitAgain(List.of(assigned), session);
            assertThat(session.hasEnded()).isFalse();
        }
    }

    private OffsetCommitter committer(Consumer<byte[], byte[]> consumer, PipelineFixture fixture) {
        return new OffsetCommitter(consumer, Duration.ZERO, fixture.meters.counter("failures"), nanos::get);
    }
}
