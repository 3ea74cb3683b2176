package com.threadly.localstack.traffic;

import com.threadly.runtime.settings.KafkaSettings;
import com.threadly.runtime.settings.RegistrySettings;
import com.threadly.serde.AvroSerializer;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Publishes events as a careful service does: in order, once, acknowledged by all replicas, with the topic's key. */
public final class TrafficProducer implements AutoCloseable {

    private static final Duration MAX_BLOCK = Duration.ofSeconds(15);

    private final Producer<String, Object> kafka;
    private final BiConsumer<? super Emission<?>, RecordMetadata> stored;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    public TrafficProducer(KafkaSettings kafka, RegistrySettings registry) {
        this(kafka, registry, (_, _) -> {});
    }

    /** {@code stored} is called with each event that the broker has acknowledged, on the producer's thread. */
    public TrafficProducer(
            KafkaSettings kafka, RegistrySettings registry, BiConsumer<? super Emission<?>, RecordMetadata> stored) {
        this(new KafkaProducer<>(configuration(kafka, registry)), stored);
    }

    private TrafficProducer(Producer<String, Object> kafka, BiConsumer<? super Emission<?>, RecordMetadata> stored) {
        this.kafka = kafka;
        this.stored = stored;
    }

    /** Publishes one event; blocks only while the producer's buffer is full. */
    public Future<RecordMetadata> publish(Emission<?> emission) {
        throwIfFailed();
        return kafka.send(
                new ProducerRecord<>(emission.topic().name(), emission.key(), emission.event()),
                (metadata, problem) -> {
                    if (problem == null) {
                        stored.accept(emission, metadata);
                    } else {
                        failure.compareAndSet(null, problem);
                    }
                });
    }

    /**
     * Publishes {@code events} at {@code pace} until they end or the thread is interrupted, then waits for the
     * acknowledgements.
     *
     * @param before called with each event right before it is published
     */
    public void publishAll(Iterator<? extends Emission<?>> events, Pace pace, Consumer<Emission<?>> before) {
        while (!Thread.currentThread().isInterrupted() && events.hasNext()) {
            pace.await();
            Emission<?> emission = events.next();
            before.accept(emission);
            var _ = publish(emission);
        }
        flush();
    }

    /** Waits until everything published is acknowledged; throws if something was not. */
    public void flush() {
        kafka.flush();
        throwIfFailed();
    }

    /** Waits for the acknowledgement. */
    public static RecordMetadata acknowledged(Future<RecordMetadata> sent) throws InterruptedException {
        try {
            return sent.get();
        } catch (ExecutionException refused) {
            throw new KafkaException("Kafka did not accept an event", refused.getCause());
        }
    }

    @Override
    public void close() {
        kafka.close();
    }

    private void throwIfFailed() {
        Exception problem = failure.get();
        if (problem != null) {
            throw new KafkaException("Kafka did not accept an event", problem);
        }
    }

    private static Map<String, Object> configuration(KafkaSettings kafka, RegistrySettings registry) {
        Map<String, Object> configuration = kafka.producer(Map.of(
                ProducerConfig.CLIENT_ID_CONFIG,
                "threadly-traffic",
                ProducerConfig.LINGER_MS_CONFIG,
                1,
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4",
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                MAX_BLOCK.toMillis(),
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                AvroSerializer.class.getName()));
        configuration.putAll(registry.serde());
        configuration.putAll(Map.of(
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                StringSerializer.class.getName()));
        return configuration;
    }
}
