package com.threadly.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.threadly.deadletter.DeadLetters;
import com.threadly.events.Topics;
import com.threadly.runtime.kafka.KafkaAvailability;
import com.threadly.serde.AvroDecoder;
import com.threadly.serde.SerdeConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.StaleMemberEpochException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.errors.UnreleasedInstanceIdException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class RecordPipelineTest {

    private static final TopicPartition PARTITION = new TopicPartition(Topics.TYPING_EVENTS.name(), 0);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    /** One per attempt to join; when there is none, another member has the instance id. */
    private final Queue<MockConsumer<byte[], byte[]>> consumers = new ConcurrentLinkedQueue<>();

    private final RecordPipeline pipeline =
            new RecordPipeline(new KafkaAvailability(well(), Duration.ofMillis(10)), () -> this::loop, "pod-0");

    @Test
    void waitsWhileAnotherMemberHasItsInstanceIdAndTakesOver() throws Exception {
        var running =
                CompletableFuture.runAsync(this::run, task -> Thread.ofVirtual().start(task));
        await().untilAsserted(() ->
                assertThat(pipeline.trouble()).get().asString().contains("KAFKA_GROUP_INSTANCE_ID=pod-0"));
        consumers.add(assigned(new MockConsumer<>("earliest")));
        await().untilAsserted(() -> assertThat(pipeline.trouble()).isEmpty());

        pipeline.stop();
        running.join();
    }

    @Test
    void endsWhenStoppedWhileItWaits() {
        var running =
                CompletableFuture.runAsync(this::run, task -> Thread.ofVirtual().start(task));
        await().untilAsserted(() ->
                assertThat(pipeline.trouble()).get().asString().contains("KAFKA_GROUP_INSTANCE_ID=pod-0"));
        pipeline.stop();

        running.join();
    }

    @Test
    void beginsAgainWithAnotherConsumerOnceItIsNotRefusedAnyMore() {
        consumers.add(failing(new SaslAuthenticationException("wrong password")));
        consumers.add(failing(GroupAuthorizationException.forGroupId("group")));
        consumers.add(assigned(new MockConsumer<>("earliest")));
        var running =
                CompletableFuture.runAsync(this::run, task -> Thread.ofVirtual().start(task));
        await().untilAsserted(
                        () -> assertThat(pipeline.trouble()).get().asString().contains("Kafka denied access"));
        await().untilAsserted(() -> assertThat(pipeline.trouble()).isEmpty());

        pipeline.stop();
        running.join();
    }

    @Test
    void waitsForAHostNameThatDoesNotResolveForAWhile() {
        var failures = new ConcurrentLinkedQueue<>(List.of("connecting", "joining"));
        var waiting = new RecordPipeline(
                new KafkaAvailability(well(), Duration.ofMillis(10)),
                () -> {
                    unlessFailing("connecting", failures);
                    return () -> {
                        unlessFailing("joining", failures);
                        return loop();
                    };
                },
                "");
        consumers.add(assigned(new MockConsumer<>("earliest")));
        var running = CompletableFuture.runAsync(
                () -> assertThatNoException().isThrownBy(waiting::run),
                task -> Thread.ofVirtual().start(task));
        for (String step : List.of("connecting", "joining")) {
            await().untilAsserted(() -> assertThat(waiting.trouble()).hasValue("cannot connect to Kafka: " + step));
            failures.remove(step);
        }
        await().untilAsserted(() -> assertThat(waiting.trouble()).isEmpty());

        waiting.stop();
        running.join();
    }

    private static void unlessFailing(String step, Queue<String> failures) {
        if (failures.contains(step)) {
            throw new KafkaException("Failed to construct a client", new KafkaException(step));
        }
    }

    @Test
    void waitsForBrokersThatDoNotOfferItsGroupProtocolYet() {
        consumers.add(failing(new UnsupportedVersionException("no CONSUMER_GROUP_HEARTBEAT")));
        consumers.add(assigned(new MockConsumer<>("earliest")));
        var running =
                CompletableFuture.runAsync(this::run, task -> Thread.ofVirtual().start(task));
        await().untilAsserted(
                        () -> assertThat(pipeline.trouble()).get().asString().contains("KAFKA_GROUP_PROTOCOL=classic"));
        await().untilAsserted(() -> assertThat(pipeline.trouble()).isEmpty());

        pipeline.stop();
        running.join();
    }

    @Test
    void goesOnWhenItsGroupHasGivenItUpMeanwhile() {
        var consumer = new MockConsumer<byte[], byte[]>("earliest");
        for (KafkaException failure : List.of(
                new UnknownMemberIdException("The coordinator is not aware of this member."),
                new StaleMemberEpochException("The member epoch is stale."))) {
            consumer.schedulePollTask(() -> consumer.setPollException(failure));
        }
        consumers.add(assigned(consumer));
        var running =
                CompletableFuture.runAsync(this::run, task -> Thread.ofVirtual().start(task));
        await().untilAsserted(() -> assertThat(consumer.assignment()).containsExactly(PARTITION));

        pipeline.stop();
        running.join();
    }

    @Test
    void failsWithAMessageWhenAnotherProcessTakesItsInstanceId() {
        consumers.add(failing(new FencedInstanceIdException("fenced")));

        assertThatThrownBy(pipeline::run)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("another process has taken over KAFKA_GROUP_INSTANCE_ID=pod-0");
    }

    @Test
    void leavesAPartitionAloneThatTheConsumerIsAboutToLetGoOf() {
        var gone = new TopicPartition(Topics.TYPING_EVENTS.name(), 1);
        consumers.add(assigned(new MockConsumer<>("earliest") {
            @Override
            public synchronized Set<TopicPartition> paused() {
                return Set.of(gone);
            }
        }));
        var running =
                CompletableFuture.runAsync(this::run, task -> Thread.ofVirtual().start(task));
        await().untilAsserted(() -> assertThat(pipeline.trouble()).isEmpty());

        pipeline.stop();
        running.join();
    }

    private void run() {
        try {
            pipeline.run();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MockConsumer<byte[], byte[]> failing(KafkaException failure) {
        var consumer = new MockConsumer<byte[], byte[]>("earliest");
        consumer.setPollException(failure);
        return consumer;
    }

    private static MockConsumer<byte[], byte[]> assigned(MockConsumer<byte[], byte[]> consumer) {
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.schedulePollTask(() -> consumer.rebalance(List.of(PARTITION)));
        return consumer;
    }

    private PollLoop loop() {
        var metrics = new PipelineMetrics(meters, Clock.systemUTC(), "group");
        var processor = new RecordProcessor(
                new EventDecoder(
                        new AvroDecoder(SerdeConfig.of(Map.of("schema.registry.url", "mock://pipeline"))
                                .connect()),
                        List.of(Topics.TYPING_EVENTS),
                        Clock.systemUTC()),
                records -> List.of(),
                (event, record) -> {},
                new DeadLetters(
                        new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()),
                        "worker",
                        Clock.systemUTC(),
                        meters),
                metrics);
        return new PollLoop(
                Optional.ofNullable(consumers.poll())
                        .orElseGet(() -> failing(new UnreleasedInstanceIdException("taken"))),
                List.of(Topics.TYPING_EVENTS),
                PipelineFixture.NO_DEDUPLICATION,
                new PipelineSettings(Duration.ofMillis(10), Duration.ofSeconds(1), 100, 100_000),
                processor,
                metrics,
                new GroupMembership(Map.of(), "group", List.of(Topics.TYPING_EVENTS.name())),
                PipelineFixture.session(),
                new OpenTransactions(Map.of()),
                new StoppedPartitions(new SkippedRanges(Map.of(), "group")));
    }

    private static KafkaAvailability.Question well() {
        return new KafkaAvailability.Question() {
            @Override
            public Optional<String> ask() {
                return Optional.empty();
            }

            @Override
            public void close() {}
        };
    }
}
