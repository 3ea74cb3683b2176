package com.threadly.pipeline;

import com.threadly.deadletter.DeadLetters;
import com.threadly.events.Topics;
import com.threadly.events.TypingChanged;
import com.threadly.pipeline.dedup.Deduplicator;
import com.threadly.pipeline.dedup.PartitionDeduplicator;
import com.threadly.pipeline.dedup.PartitionHistory;
import com.threadly.pipeline.start.PartitionStart;
import com.threadly.pusher.NobodyWaits;
import com.threadly.pusher.Publisher;
import com.threadly.pusher.PushEvent;
import com.threadly.pusher.PusherTransport;
import com.threadly.pusher.SendResult;
import com.threadly.serde.AvroDecoder;
import com.threadly.serde.AvroEncoder;
import com.threadly.serde.RegistryUnavailableException;
import com.threadly.serde.SchemaRegistryClient;
import com.threadly.serde.SerdeConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The pipeline's parts around a scripted Pusher, without a broker. */
public final class PipelineFixture implements AutoCloseable {

    public static final TopicPartition PARTITION = new TopicPartition(Topics.TYPING_EVENTS.name(), 0);

    static final Duration SESSION_TIMEOUT = Duration.ofSeconds(10);

    /** Of a partition that begins at what is committed, and whose records all count as new. */
    static final PartitionDeduplicator NO_DUPLICATES = PartitionDeduplicator.of(
            CompletableFuture.completedFuture(new PartitionHistory(null, PartitionStart.COMMITTED)));

    static final Deduplicator NO_DEDUPLICATION = new Deduplicator() {
        @Override
        public Function<TopicPartition, PartitionDeduplicator> of(Collection<TopicPartition> assigned) {
            return _ -> NO_DUPLICATES;
        }

        @Override
        public Optional<String> trouble() {
            return Optional.empty();
        }
    };

    final List<PushEvent> pushed = Collections.synchronizedList(new ArrayList<>());
    final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    final MockProducer<byte[], byte[]> deadLetters =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    volatile Function<List<PushEvent>, SendResult> pusher = batch -> new SendResult.Delivered();

    private @Nullable RecordProcessor processor;

    /** What the clock shows to whoever asks whether the group still has us. */
    final AtomicLong sessionClock = new AtomicLong();

    private final GroupSession session = new GroupSession(() -> Double.NaN, sessionClock::get, SESSION_TIMEOUT);

    /** Whether the registry is away. */
    final AtomicBoolean registryDown = new AtomicBoolean();

    private final SchemaRegistryClient registry = new SchemaRegistryClient() {
        private final SchemaRegistryClient inner = SerdeConfig.of(
                        Map.of("schema.registry.url", "mock://" + UUID.randomUUID()))
                .connect();

        @Override
        public int idOf(String subject, Schema schema) {
            return inner.idOf(subject, schema);
        }

        @Override
        public Schema schemaOf(int id) {
            if (registryDown.get()) {
                throw new RegistryUnavailableException("the registry is away");
            }
            return inner.schemaOf(id);
        }

        @Override
        public boolean knows(int id) {
            return inner.knows(id);
        }

        @Override
        public void close() {
            inner.close();
        }
    };
    private final AvroEncoder encoder = new AvroEncoder(registry);
    private final Publisher publisher = new Publisher(
            new PusherTransport() {
                @Override
                public SendResult send(List<PushEvent> batch) {
                    SendResult outcome = pusher.apply(batch);
                    if (outcome instanceof SendResult.Delivered) {
                        pushed.addAll(batch);
                    }
                    return outcome;
                }

                @Override
                public void close() {}
            },
            4,
            10_000,
            null,
            Clock.systemUTC(),
            meters,
            failures::add);

    /** Pushes the user id of each typing event to its conversation. */
    static List<RecordOutcome> pushUserIds(List<DecodedRecord> records) {
        return records.stream()
                .map(record -> (TypingChanged) record.event())
                .map(typing -> RecordOutcome.push(
                        List.of(new PushEvent(typing.getConversationId(), "typing", typing.getUserId()))))
                .toList();
    }

    /** One that never ends. */
    static GroupSession session() {
        return new GroupSession(() -> Double.NaN, () -> 0, SESSION_TIMEOUT);
    }

    /** As if the group had taken a commit. */
    void renewSession() {
        session.renew(session.now());
    }

    /** What keeps the last partition's records from being handled. */
    Optional<String> trouble() {
        return Objects.requireNonNull(processor, "no partition yet").trouble();
    }

    /** The offset up to which {@code assigned} may be committed. */
    static OptionalLong committed(AssignedPartition assigned) {
        return assigned.committable().stream()
                .mapToLong(OffsetAndMetadata::offset)
                .findFirst();
    }

    AssignedPartition assigned(Handler handler) {
        return assigned(handler, NO_DUPLICATES);
    }

    AssignedPartition assigned(Handler handler, PartitionDeduplicator duplicates) {
        processor = new RecordProcessor(
                new EventDecoder(new AvroDecoder(registry), List.of(Topics.TYPING_EVENTS), Clock.systemUTC()),
                handler,
                publisher::publish,
                new DeadLetters(deadLetters, "worker", Clock.systemUTC(), meters),
                new PipelineMetrics(meters, Clock.systemUTC(), "group"));
        return new AssignedPartition(
                PARTITION, duplicates, processor, Thread.ofVirtual().factory(), session, failures::add);
    }

    /** Pushes an event that no record caused. */
    void push(PushEvent event) throws InterruptedException {
        publisher.publish(event, new NobodyWaits());
    }

    public AvroDecoder decoder() {
        return new AvroDecoder(registry);
    }

    public ConsumerRecord<byte[], byte[]> typing(long offset, String conversationId, String userId) {
        return typing(offset, UUID.randomUUID(), conversationId, userId);
    }

    public ConsumerRecord<byte[], byte[]> typing(long offset, UUID eventId, String conversationId, String userId) {
        var event = new TypingChanged(eventId, Instant.EPOCH, conversationId, userId, true);
        return record(offset, conversationId, encoder.encode(Topics.TYPING_EVENTS.subject(), event));
    }

    static ConsumerRecord<byte[], byte[]> record(long offset, String key, byte[] value) {
        return new ConsumerRecord<>(
                PARTITION.topic(), PARTITION.partition(), offset, key.getBytes(StandardCharsets.UTF_8), value);
    }

    @Override
    public void close() {
        publisher.close();
        registry.close();
    }
}
