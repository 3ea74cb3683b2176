package com.threadly.pipeline;

import static com.threadly.pipeline.PipelineFixture.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.threadly.deadletter.DeadLetterHeaders;
import com.threadly.events.TypingChanged;
import com.threadly.pusher.PushEvent;
import com.threadly.pusher.SendResult;
import com.threadly.runtime.retry.UnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AssignedPartitionTest {

    private final PipelineFixture fixture = new PipelineFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void commitsPastABadRecordOnlyOnceItIsADeadLetter() {
        AssignedPartition assigned = fixture.assigned(PipelineFixture::pushUserIds);

        assigned.accept(List.of(
                fixture.typing(0, "c1", "ana"),
                record(1, "c1", "no avro".getBytes(StandardCharsets.UTF_8)),
                fixture.typing(2, "c1", "ben")));

        await().until(() -> PipelineFixture.committed(assigned).orElse(-1) == 3);
        assertThat(fixture.pushed).extracting(PushEvent::data).containsExactly("ana", "ben");
        ProducerRecord<byte[], byte[]> letter = fixture.deadLetters.history().getFirst();
        assertThat(letter.topic()).isEqualTo("typing-events.worker.dlq");
        assertThat(letter.value()).isEqualTo("no avro".getBytes(StandardCharsets.UTF_8));
        assertThat(header(letter, DeadLetterHeaders.REASON)).isEqualTo("UNDECODABLE");
        assertThat(header(letter, DeadLetterHeaders.OFFSET)).isEqualTo("1");
        assertThat(assigned.held()).isZero();
        assertThat(assigned.heldBytes()).isZero();
    }

    @Test
    void recordsWaitForARegistryThatKnowsNoneOfTheirIds() {
        AssignedPartition assigned = fixture.assigned(PipelineFixture::pushUserIds);

        assigned.accept(IntStream.range(0, 20)
                .mapToObj(AssignedPartitionTest::withUnknownId)
                .toList());

        await().untilAsserted(
                        () -> assertThat(fixture.trouble()).get().asString().contains("does not know the schemas"));
        assertThat(fixture.deadLetters.history()).hasSize(5);
        assertThat(PipelineFixture.committed(assigned)).hasValue(5);
        assigned.abandon();
    }

    @Test
    void aFloodOfUnknownIdsStopsNothingWhenTheRegistryKnowsOthers() {
        AssignedPartition assigned = fixture.assigned(PipelineFixture::pushUserIds);
        var records = new ArrayList<>(IntStream.range(0, 50)
                .mapToObj(AssignedPartitionTest::withUnknownId)
                .toList());
        records.add(fixture.typing(50, "c1", "ana"));

        assigned.accept(records);

        await().until(() -> PipelineFixture.committed(assigned).orElse(-1) == 51);
        assertThat(fixture.deadLetters.history()).hasSize(50);
        assertThat(fixture.trouble()).isEmpty();
    }

    private static ConsumerRecord<byte[], byte[]> withUnknownId(int offset) {
        byte[] value =
                ByteBuffer.allocate(20).put((byte) 0).putInt(1_000 + offset).array();
        return record(offset, "c1", value);
    }

    @Test
    void headersCountAmongTheBytesThatAreHeld() {
        fixture.registryDown.set(true);
        AssignedPartition assigned = fixture.assigned(PipelineFixture::pushUserIds);
        ConsumerRecord<byte[], byte[]> large = fixture.typing(0, "c1", "ana");
        large.headers().add("large", new byte[1 << 20]).add("none", null);

        assigned.accept(List.of(large));
        assertThat(assigned.heldBytes()).isGreaterThan(1 << 20);

        fixture.registryDown.set(false);
        await().until(() -> assigned.held() == 0);
        assertThat(assigned.heldBytes()).isZero();
    }

    @Test
    void skipsTombstonesAndEmptyKeys() {
        AssignedPartition assigned = fixture.assigned(PipelineFixture::pushUserIds);

        assigned.accept(List.of(
                new ConsumerRecord<>(PipelineFixture.PARTITION.topic(), 0, 0, new byte[] {1}, null),
                record(1, "", new byte[] {1})));

        await().until(() -> PipelineFixture.committed(assigned).orElse(-1) == 2);
        assertThat(fixture.deadLetters.history()).isEmpty();
        assertThat(wrongKeys()).isEqualTo(1);
    }

    @Test
    void countsKeysThatAreNotTheConversationsId() {
        AssignedPartition assigned = fixture.assigned(PipelineFixture::pushUserIds);
        byte[] value = fixture.typing(0, "c1", "ana").value();

        assigned.accept(List.of(fixture.typing(0, "c1", "ana"), record(1, "c2", value), record(2, "1", value)));

        await().until(() -> PipelineFixture.committed(assigned).orElse(-1) == 3);
        assertThat(wrongKeys()).isEqualTo(2);
        // Nobody loses a message for it.
        assertThat(fixture.pushed).hasSize(3);
    }

    private double wrongKeys() {
        return fixture.meters.get("threadly.records.wrong.key").counter().count();
    }

    @Test
    void holdsTheOffsetBackWhileAPushIsNotAcknowledged() {
        var down = new AtomicBoolean(true);
        fixture.pusher = batch -> down.get() && batch.getFirst().data().equals("slow")
                ? new SendResult.RetryAfter(Duration.ZERO, "HTTP 500")
                : new SendResult.Delivered();
        AssignedPartition assigned = fixture.assigned(PipelineFixture::pushUserIds);
        assigned.accept(List.of(fixture.typing(0, "c0", "first")));
        await().until(() -> PipelineFixture.committed(assigned).orElse(-1) == 1);

        assigned.accept(List.of(fixture.typing(1, "c1", "slow")));
        await().until(() -> fixture.meters
                        .counter("threadly.push.retries", "cause", "unavailable")
                        .count()
                > 0);
        assigned.accept(List.of(fixture.typing(2, "c2", "fast")));
        await().until(() ->
                fixture.pushed.stream().anyMatch(event -> event.data().equals("fast")));

        assertThat(PipelineFixture.committed(assigned)).hasValue(1);
        down.set(false);
        await().until(() -> PipelineFixture.committed(assigned).orElse(-1) == 3);
    }

    @Test
    void triesAgainWhatIsOnlyDown() {
        var down = new AtomicBoolean(true);
        AssignedPartition assigned = fixture.assigned(records -> {
            if (down.getAndSet(false)) {
                throw new UnavailableException("the database is away", new IOException("refused"));
            }
            return PipelineFixture.pushUserIds(records);
        });

        assigned.accept(List.of(fixture.typing(0, "c1", "ana")));

        await().until(() -> PipelineFixture.committed(assigned).orElse(-1) == 1);
        assertThat(fixture.pushed).hasSize(1);
        assertThat(fixture.deadLetters.history()).isEmpty();
        assertThat(fixture.meters.counter("threadly.retries", "cause", "store").count())
                .isEqualTo(1);
    }

    @Test
    void putsAsideTheOneRecordThatTheHandlerCannotHandle() {
        AssignedPartition assigned = fixture.assigned(records -> {
            if (records.stream()
                    .anyMatch(record ->
                            ((TypingChanged) record.event()).getUserId().equals("poison"))) {
                throw new IllegalStateException("cannot");
            }
            return PipelineFixture.pushUserIds(records);
        });

        assigned.accept(List.of(
                fixture.typing(0, "c1", "ana"), fixture.typing(1, "c1", "poison"), fixture.typing(2, "c1", "ben")));

        await().until(() -> PipelineFixture.committed(assigned).orElse(-1) == 3);
        assertThat(fixture.pushed).extracting(PushEvent::data).containsExactly("ana", "ben");
        assertThat(header(fixture.deadLetters.history().getFirst(), DeadLetterHeaders.REASON))
                .isEqualTo("FAILED");
    }

    @Test
    void afterAFaultHandlesEachRecordOnlyWhenTheOneBeforeIsOnItsWay() {
        var done = Collections.synchronizedList(new ArrayList<Long>());
        var assigned = new AtomicReference<AssignedPartition>();
        assigned.set(fixture.assigned(records -> {
            if (records.size() > 1) {
                throw new IllegalStateException("cannot");
            }
            done.add(PipelineFixture.committed(assigned.get()).orElse(0));
            return List.of(RecordOutcome.push(List.of()));
        }));

        assigned.get()
                .accept(List.of(
                        fixture.typing(0, "c1", "ana"),
                        fixture.typing(1, "c1", "ben"),
                        fixture.typing(2, "c1", "cid")));

        await().until(() -> PipelineFixture.committed(assigned.get()).orElse(-1) == 3);
        assertThat(done).containsExactly(0L, 1L, 2L);
    }

    @Test
    void handlesTheRestOnlyWhenWhatTheHandlerTookIsOnItsWay() {
        var handled = Collections.synchronizedList(new ArrayList<Integer>());
        AssignedPartition assigned = fixture.assigned(records -> {
            handled.add(records.size());
            return PipelineFixture.pushUserIds(records.subList(0, Math.min(2, records.size())));
        });

        assigned.accept(List.of(
                fixture.typing(0, "c1", "ana"),
                fixture.typing(1, "c1", "ben"),
                fixture.typing(2, "c1", "cid"),
                fixture.typing(3, "c1", "dan"),
                fixture.typing(4, "c1", "eva")));

        await().until(() -> PipelineFixture.committed(assigned).orElse(-1) == 5);
        assertThat(handled).containsExactly(5, 3, 1);
        assertThat(fixture.pushed).extracting(PushEvent::data).containsExactly("ana", "ben", "cid", "dan", "eva");
    }

    @Test
    void handlesNoMoreLargeRecordsAtOnceThanOneFetchGives() {
        var handled = Collections.synchronizedList(new ArrayList<Integer>());
        AssignedPartition assigned = fixture.assigned(records -> {
            handled.add(records.size());
            return PipelineFixture.pushUserIds(records);
        });

        assigned.accept(List.of(
                large(fixture.typing(0, "c1", "ana")),
                large(fixture.typing(1, "c1", "ben")),
                large(fixture.typing(2, "c1", "cid"))));

        await().until(() -> PipelineFixture.committed(assigned).orElse(-1) == 3);
        assertThat(handled).containsExactly(2, 1);
    }

    @Test
    void handlesNothingMoreWhileTooManyPushesHaveNotEnded() {
        var stuck = new AtomicBoolean(true);
        fixture.pusher = batch ->
                stuck.get() && batch.stream().anyMatch(event -> event.channel().equals("stuck"))
                        ? new SendResult.RetryAfter(Duration.ZERO, "HTTP 500")
                        : new SendResult.Delivered();
        var handled = Collections.synchronizedList(new ArrayList<Long>());
        int many = 25_000;
        AssignedPartition assigned = fixture.assigned(records -> {
            handled.add(records.getFirst().offset());
            var events = new ArrayList<PushEvent>();
            events.add(new PushEvent("stuck", "typing", "{}"));
            for (int n = 0; n < many; n++) {
                events.add(new PushEvent("channel-" + n, "typing", "{}"));
            }
            return List.of(RecordOutcome.push(events));
        });

        assigned.accept(List.of(fixture.typing(0, "c1", "ana"), fixture.typing(1, "c1", "ben")));

        await().until(() -> fixture.pushed.size() == many);
        await().during(Duration.ofMillis(200)).until(() -> handled.equals(List.of(0L)));
        stuck.set(false);
        await().until(() -> PipelineFixture.committed(assigned).orElse(-1) == 2);
        assertThat(handled).containsExactly(0L, 1L);
    }

    @Test
    void putsAsideWhatPusherRefuses() {
        fixture.pusher = batch -> batch.stream().anyMatch(event -> event.data().equals("huge"))
                ? new SendResult.Rejected(413, "too large")
                : new SendResult.Delivered();
        AssignedPartition assigned = fixture.assigned(PipelineFixture::pushUserIds);

        assigned.accept(List.of(fixture.typing(0, "c1", "huge"), fixture.typing(1, "c1", "ben")));

        await().until(() -> PipelineFixture.committed(assigned).orElse(-1) == 2);
        assertThat(fixture.pushed).extracting(PushEvent::data).containsExactly("ben");
        assertThat(header(fixture.deadLetters.history().getFirst(), DeadLetterHeaders.REASON))
                .isEqualTo("REJECTED");
    }

    @Test
    void afterDrainingFinishesWhatIsInFlightAndLeavesTheRestToTheNextOwner() throws Exception {
        var answer = new CountDownLatch(1);
        var sending = new CountDownLatch(1);
        fixture.pusher = _ -> {
            sending.countDown();
            await().until(() -> answer.getCount() == 0);
            return new SendResult.Delivered();
        };
        AssignedPartition assigned = fixture.assigned(PipelineFixture::pushUserIds);
        assigned.accept(List.of(fixture.typing(0, "c1", "in flight")));
        sending.await();
        assigned.accept(List.of(fixture.typing(1, "c1", "queued")));

        assigned.drain();
        assertThat(assigned.awaitIdle(Duration.ofMillis(1))).isFalse();
        answer.countDown();

        assertThat(assigned.awaitIdle(Duration.ofSeconds(10))).isTrue();
        assertThat(PipelineFixture.committed(assigned)).hasValue(1);
        assertThat(fixture.pushed).extracting(PushEvent::data).containsExactly("in flight");
    }

    /** A gap would make the next owner repeat what is behind it. */
    @Test
    void afterDrainingSendsWhatWaitsBeforeSomethingThatHasBeenSent() throws Exception {
        var answer = new CountDownLatch(1);
        var sent = new CountDownLatch(2);
        fixture.pusher = _ -> {
            sent.countDown();
            await().until(() -> answer.getCount() == 0);
            return new SendResult.Delivered();
        };
        AssignedPartition assigned = fixture.assigned(PipelineFixture::pushUserIds);
        assigned.accept(List.of(fixture.typing(0, "c1", "first")));
        await().until(() -> sent.getCount() == 1);
        assigned.accept(List.of(
                fixture.typing(1, "c1", "waits for the first"),
                fixture.typing(2, "c2", "beside it"),
                fixture.typing(3, "c1", "behind all that was sent")));
        sent.await();

        assigned.drain();
        answer.countDown();

        assertThat(assigned.awaitIdle(Duration.ofSeconds(10))).isTrue();
        assertThat(PipelineFixture.committed(assigned)).hasValue(3);
        assertThat(fixture.pushed)
                .extracting(PushEvent::data)
                .containsExactlyInAnyOrder("first", "waits for the first", "beside it");
    }

    @Test
    void whatPusherRefusesWaitsForItsDeadLetterTopicAndStopsNoOtherPush() throws Exception {
        fixture.deadLetters.sendException = new TopicAuthorizationException("typing-events.worker.dlq");
        fixture.pusher =
                batch -> batch.stream().anyMatch(event -> event.channel().startsWith("bad"))
                        ? new SendResult.Rejected(400, "Invalid channel name")
                        : new SendResult.Delivered();
        AssignedPartition assigned = fixture.assigned(PipelineFixture::pushUserIds);

        // As many as may be in flight.
        for (int i = 0; i < 4; i++) {
            int waiting = i + 1;
            assigned.accept(List.of(fixture.typing(i, "bad" + i, "x")));
            await().until(() -> fixture.meters
                            .counter("threadly.push.events", "result", "rejected")
                            .count()
                    == waiting);
        }
        fixture.push(new PushEvent("good", "typing", "ana"));

        await().until(() -> !fixture.pushed.isEmpty());
        assertThat(assigned.held()).isEqualTo(4);
        assigned.abandon();
    }

    /** A thread of an assignment that has been lost may queue what it has handled after its successor has. */
    @Test
    void whatIsLeftOfALostAssignmentSupersedesNothing() throws Exception {
        var handling = new CountDownLatch(1);
        var late = new AtomicBoolean(true);
        var answer = new CountDownLatch(1);
        fixture.pusher = _ -> {
            await().until(() -> answer.getCount() == 0);
            return new SendResult.Delivered();
        };
        // Keeps its channel busy.
        fixture.push(new PushEvent("c1", "typing", "first"));
        AssignedPartition lost = fixture.assigned(records -> {
            handling.countDown();
            while (late.get()) {
                Thread.onSpinWait();
            }
            return latestOnly(records);
        });
        var record = fixture.typing(0, "c1", "ana");
        lost.accept(List.of(record));
        handling.await();
        lost.abandon();

        AssignedPartition regained = fixture.assigned(AssignedPartitionTest::latestOnly);
        regained.accept(List.of(record));
        await().until(() -> waiting() == 1);
        late.set(false);
        await().until(() -> waiting() == 2);
        answer.countDown();

        await().until(() -> PipelineFixture.committed(regained).orElse(0) == 1);
        assertThat(fixture.pushed).extracting(PushEvent::data).containsExactly("first", "ana");
    }

    private double waiting() {
        return fixture.meters.get("threadly.push.waiting").gauge().value();
    }

    private static List<RecordOutcome> latestOnly(List<DecodedRecord> records) {
        return records.stream()
                .map(record -> (TypingChanged) record.event())
                .map(typing -> RecordOutcome.push(List.of(
                        new PushEvent(typing.getConversationId(), "typing", typing.getUserId()).superseding("typing"))))
                .toList();
    }

    @Test
    void onceAbandonedPushesNothingMore() {
        var down = new AtomicBoolean(true);
        fixture.pusher =
                batch -> down.get() ? new SendResult.RetryAfter(Duration.ZERO, "HTTP 500") : new SendResult.Delivered();
        AssignedPartition assigned = fixture.assigned(PipelineFixture::pushUserIds);
        assigned.accept(List.of(fixture.typing(0, "c1", "ana")));
        await().until(() -> fixture.meters
                        .counter("threadly.push.retries", "cause", "unavailable")
                        .count()
                > 0);

        assigned.abandon();
        down.set(false);

        await().until(() -> fixture.meters
                        .counter("threadly.push.events", "result", "abandoned")
                        .count()
                == 1);
        assertThat(fixture.pushed).isEmpty();
        assertThat(PipelineFixture.committed(assigned)).isEmpty();
    }

    @Test
    void pushesNothingWhileOthersMayHaveThePartition() {
        AssignedPartition assigned = fixture.assigned(PipelineFixture::pushUserIds);
        fixture.sessionClock.set(PipelineFixture.SESSION_TIMEOUT.toNanos());
        assigned.accept(List.of(fixture.typing(0, "c1", "ana")));
        Thread asking = Thread.ofVirtual().start(assigned::awaitOurs);
        await().until(() -> asking.getState() == Thread.State.TIMED_WAITING);
        assertThat(fixture.pushed).isEmpty();

        fixture.renewSession();

        await().until(() -> PipelineFixture.committed(assigned).equals(OptionalLong.of(1)));
        await().until(() -> !asking.isAlive());
    }

    @Test
    void pushesNothingOfWhatOthersHaveByNow() {
        AssignedPartition assigned = fixture.assigned(PipelineFixture::pushUserIds);
        fixture.sessionClock.set(PipelineFixture.SESSION_TIMEOUT.toNanos());
        assigned.accept(List.of(fixture.typing(0, "c1", "ana")));
        await().until(() -> assigned.held() == 1);

        assigned.abandon();

        await().until(() -> fixture.meters
                        .get("threadly.push.events")
                        .tag("result", "abandoned")
                        .counter()
                        .count()
                == 1);
        assertThat(fixture.pushed).isEmpty();
        assertThat(assigned.committable()).isEmpty();
    }

    @Test
    void onceAbandonedKeepsNoTrouble() {
        AssignedPartition assigned = fixture.assigned(records -> {
            throw new UnavailableException("the database is away", new IOException("refused"));
        });
        assigned.accept(List.of(fixture.typing(0, "c1", "ana")));
        await().until(() -> fixture.trouble().isPresent());

        assigned.abandon();

        await().until(() -> fixture.trouble().isEmpty());
    }

    @Test
    void notifiesTheHandlerOfARejectionBeforeTheDeadLetterIsWritten() {
        var lettersThen = new CompletableFuture<Integer>();
        fixture.pusher = _ -> new SendResult.Rejected(400, "no");
        AssignedPartition assigned = fixture.assigned(records -> records.stream()
                .<RecordOutcome>map(_ -> new RecordOutcome.Push(
                        List.of(new PushEvent("c1", "typing", "{}")),
                        Runnable::run,
                        () -> lettersThen.complete(fixture.deadLetters.history().size())))
                .toList());

        assigned.accept(List.of(fixture.typing(0, "c1", "ana")));

        await().until(() -> PipelineFixture.committed(assigned).isPresent());
        assertThat(lettersThen).isCompletedWithValue(0);
        assertThat(fixture.deadLetters.history()).hasSize(1);
    }

    @Test
    void failsWhenWhatARejectionBringsDoes() {
        fixture.pusher = _ -> new SendResult.Rejected(400, "no");
        AssignedPartition assigned = fixture.assigned(records -> records.stream()
                .<RecordOutcome>map(
                        _ -> new RecordOutcome.Push(List.of(new PushEvent("c1", "typing", "{}")), Runnable::run, () -> {
                            throw new IllegalStateException("cannot");
                        }))
                .toList());
        assigned.accept(List.of(fixture.typing(0, "c1", "ana")));

        await().until(() -> fixture.failures.size() == 1);
        assertThat(PipelineFixture.committed(assigned)).isEmpty();
    }

    @Test
    void leavesThePublishersThreadsUninterruptedWhenThePartitionGoes() throws Exception {
        var interrupted = new AtomicReference<Boolean>();
        fixture.deadLetters.sendException = new KafkaException("no such topic");
        fixture.pusher = batch -> {
            if (batch.getFirst().data().equals("after")) {
                interrupted.set(Thread.currentThread().isInterrupted());
                return new SendResult.Delivered();
            }
            return new SendResult.Rejected(400, "no");
        };
        AssignedPartition assigned = fixture.assigned(PipelineFixture::pushUserIds);
        // One after the other in one channel, so that the thread that waits for the first continues with the second.
        assigned.accept(List.of(fixture.typing(0, "c1", "refused")));
        await().until(() -> fixture.trouble().isPresent());
        fixture.push(new PushEvent("c1", "typing", "after"));

        assigned.abandon();

        await().until(() -> interrupted.get() != null);
        assertThat(interrupted).hasValue(false);
        assertThat(fixture.trouble()).isEmpty();
        assertThat(PipelineFixture.committed(assigned)).isEmpty();
    }

    @Test
    void keepsNoTroubleOfARecordThatBecameADeadLetterAfterIt() {
        fixture.registryDown.set(true);
        AssignedPartition assigned = fixture.assigned(PipelineFixture::pushUserIds);
        assigned.accept(List.of(record(0, "c1", new byte[] {0, 0, 0, 3, 7, 1})));
        await().until(() -> fixture.trouble().isPresent());

        // The registry is back, but does not know the schema.
        fixture.registryDown.set(false);

        await().until(() -> PipelineFixture.committed(assigned).isPresent());
        assertThat(fixture.deadLetters.history()).hasSize(1);
        assertThat(fixture.trouble()).isEmpty();
    }

    @Test
    void keepsNoTroubleOfARecordThatTheHandlerCannotHandleAfterIt() {
        var down = new AtomicBoolean(true);
        AssignedPartition assigned = fixture.assigned(_ -> {
            if (down.getAndSet(false)) {
                throw new UnavailableException("the database is away", new IOException("refused"));
            }
            throw new IllegalStateException("cannot");
        });
        assigned.accept(List.of(fixture.typing(0, "c1", "ana")));

        await().until(() -> PipelineFixture.committed(assigned).isPresent());
        assertThat(fixture.trouble()).isEmpty();
    }

    @Test
    void failsWhenWhatFollowsAPushDoes() {
        AssignedPartition assigned = fixture.assigned(records -> records.stream()
                .<RecordOutcome>map(_ -> new RecordOutcome.Push(
                        List.of(new PushEvent("c1", "typing", "{}")),
                        _ -> {
                            throw new IllegalStateException("cannot");
                        },
                        () -> {}))
                .toList());
        assigned.accept(List.of(fixture.typing(0, "c1", "ana")));

        await().until(() -> fixture.failures.size() == 1);
        assertThat(PipelineFixture.committed(assigned)).isEmpty();
    }

    /** As if it took most of one fetch. */
    private static ConsumerRecord<byte[], byte[]> large(ConsumerRecord<byte[], byte[]> record) {
        return new ConsumerRecord<>(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.timestampType(),
                record.key().length,
                200 * 1024,
                record.key(),
                record.value(),
                record.headers(),
                record.leaderEpoch());
    }

    private static String header(ProducerRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
