package com.threadly.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.threadly.deadletter.DeadLetters;
import com.threadly.events.Topics;
import com.threadly.serde.AvroDecoder;
import com.threadly.serde.SerdeConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StuckPartitionsTest {

    private static final List<TopicPartition> PARTITIONS = IntStream.range(0, 12)
            .mapToObj(number -> new TopicPartition(Topics.TYPING_EVENTS.name(), number))
            .toList();
    private static final int STUCK = 2;
    private static final int EACH = 500;
    private static final int HELD = 240;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");

    /** Of two partitions nothing comes to an end; the others' records are skipped as soon as they are handled. */
    @Test
    void twoThatAreStuckDoNotPauseTheOthers() throws Exception {
        consumer.setMaxPollRecords(10);
        consumer.updateBeginningOffsets(PARTITIONS.stream().collect(Collectors.toMap(Function.identity(), _ -> 0L)));
        consumer.schedulePollTask(() -> {
            consumer.rebalance(PARTITIONS);
            for (int number = 0; number < PARTITIONS.size(); number++) {
                for (int offset = 0; offset < EACH; offset++) {
                    consumer.addRecord(record(number, offset, number < STUCK ? new byte[] {1} : null));
                }
            }
        });
        PollLoop loop = loop();
        var running = CompletableFuture.runAsync(
                () -> run(loop), task -> Thread.ofVirtual().start(task));

        Set<TopicPartition> others = new HashSet<>(PARTITIONS.subList(STUCK, PARTITIONS.size()));
        await().untilAsserted(() -> assertThat(consumer.committed(others).values())
                .hasSize(others.size())
                .allSatisfy(offset -> assertThat(offset.offset()).isEqualTo(EACH)));
        assertThat(meters.get("threadly.partitions.paused").gauge().value()).isEqualTo(STUCK);
        assertThat(meters.get("threadly.records.held").gauge().value()).isLessThan(HELD);

        loop.stop();
        running.join();
    }

    private static ConsumerRecord<byte[], byte[]> record(int partition, long offset, byte @Nullable [] value) {
        return new ConsumerRecord<>(Topics.TYPING_EVENTS.name(), partition, offset, new byte[] {1}, value);
    }

    private PollLoop loop() {
        var metrics = new PipelineMetrics(meters, Clock.systemUTC(), "group");
        // Nobody completes what it is given to send: a dead letter never comes to its end.
        var deadLetterTopic = new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
        var decoder = new AvroDecoder(
                SerdeConfig.of(Map.of("schema.registry.url", "mock://stuck")).connect());
        var processor = new RecordProcessor(
                new EventDecoder(decoder, List.of(Topics.TYPING_EVENTS), Clock.systemUTC()),
                records -> List.of(),
                (event, callback) -> {},
                new DeadLetters(deadLetterTopic, "worker", Clock.systemUTC(), meters),
                metrics);
        return new PollLoop(
                consumer,
                List.of(Topics.TYPING_EVENTS),
                PipelineFixture.NO_DEDUPLICATION,
                new PipelineSettings(Duration.ofMillis(10), Duration.ofMillis(100), HELD, 1 << 20),
                processor,
                metrics,
                new GroupMembership(Map.of(), "group", List.of(Topics.TYPING_EVENTS.name())),
                PipelineFixture.session(),
                new OpenTransactions(Map.of()),
                new StoppedPartitions(new SkippedRanges(Map.of(), "group")));
    }

    private static void run(PollLoop loop) {
        try {
            loop.run();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
