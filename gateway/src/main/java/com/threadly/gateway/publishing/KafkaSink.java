package com.threadly.gateway.publishing;

import com.threadly.runtime.health.HealthCheck;
import com.threadly.runtime.retry.Causes;
import com.threadly.runtime.retry.UnavailableException;
import com.threadly.runtime.settings.KafkaSettings;
import com.threadly.runtime.settings.RegistrySettings;
import com.threadly.serde.AvroSerializer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends to Kafka and waits for the acknowledgement of all in-sync replicas.
 *
 * <p>Pusher waits 4 s for a webhook's response. Everything here ends before that: after a clear 503, Pusher repeats the
 * webhook without a timeout. An append that succeeds after the error response does no harm: the repeated events have
 * the same ids.
 */
public final class KafkaSink implements EventSink, AutoCloseable, HealthCheck {

    static final Duration ANSWER_WITHIN = Duration.ofMillis(3_500);

    /** How long a failed append keeps the gateway unready; after that, new requests decide. */
    private static final Duration FAILURE_COUNTS_FOR = Duration.ofSeconds(10);

    /** Metadata (1 s), then attempts of 1 s within 2.5 s: two or three, within the response limit in total. */
    private static final Map<String, Object> PRODUCER = Map.ofEntries(
            Map.entry(ProducerConfig.ACKS_CONFIG, "all"),
            Map.entry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true),
            Map.entry(ProducerConfig.LINGER_MS_CONFIG, 0),
            Map.entry(ProducerConfig.MAX_BLOCK_MS_CONFIG, 1_000),
            Map.entry(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 1_000),
            Map.entry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 2_500),
            Map.entry("http.connect.timeout.ms", 1_000),
            Map.entry("http.read.timeout.ms", 1_500),
            Map.entry("max.retries", 0),
            Map.entry(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class.getName()),
            Map.entry(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, AvroSerializer.class.getName()));

    private record Failure(Instant at, String reason) {}

    private static final Logger log = LoggerFactory.getLogger(KafkaSink.class);

    private final Supplier<Producer<String, SpecificRecord>> connect;
    private final Clock clock;
    private @Nullable Producer<String, SpecificRecord> connected;
    private volatile @Nullable Failure lastFailure;

    /** {@code connect} fails while the brokers' names do not resolve. */
    KafkaSink(Supplier<Producer<String, SpecificRecord>> connect, Clock clock) {
        this.connect = connect;
        this.clock = clock;
    }

    public static KafkaSink connect(KafkaSettings kafka, RegistrySettings registry, Clock clock) {
        var properties = new HashMap<>(kafka.producer(PRODUCER));
        properties.putAll(registry.serde());
        var sink = new KafkaSink(() -> new KafkaProducer<>(properties), clock);
        try {
            var _ = sink.producer();
        } catch (KafkaException e) {
            // Not ready, and the next write tries again.
            var _ = sink.failed(e);
        }
        return sink;
    }

    private synchronized Producer<String, SpecificRecord> producer() {
        Producer<String, SpecificRecord> producer = connected;
        if (producer == null) {
            connected = producer = connect.get();
        }
        return producer;
    }

    @Override
    public void append(List<OutgoingEvent<?>> entries) throws UnavailableException {
        long deadline = System.nanoTime() + ANSWER_WITHIN.toNanos();
        try {
            Producer<String, SpecificRecord> producer = producer();
            List<Future<RecordMetadata>> sent =
                    entries.stream().map(entry -> send(producer, entry)).toList();
            for (Future<RecordMetadata> acknowledgement : sent) {
                acknowledgement.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
            lastFailure = null;
        } catch (ExecutionException e) {
            throw failed(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException | KafkaException e) {
            throw failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(e);
        }
    }

    /** Why the last append failed, unless it was long ago or one has succeeded since. */
    @Override
    public Optional<String> trouble() {
        Failure failure = lastFailure;
        return failure == null || failure.at().plus(FAILURE_COUNTS_FOR).isBefore(clock.instant())
                ? Optional.empty()
                : Optional.of("the last write to Kafka failed: " + failure.reason());
    }

    @Override
    public synchronized void close() {
        if (connected != null) {
            connected.close(ANSWER_WITHIN);
        }
    }

    private static Future<RecordMetadata> send(Producer<String, SpecificRecord> producer, OutgoingEvent<?> entry) {
        return producer.send(new ProducerRecord<>(entry.topic().name(), entry.key(), entry.event()));
    }

    private UnavailableException failed(Throwable cause) {
        Throwable root = Causes.root(cause);
        String reason = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        if (trouble().isEmpty()) {
            log.atWarn()
                    .addKeyValue("reason", reason)
                    .log("cannot write events to Kafka; callers get 503; check its brokers and"
                            + " KAFKA_BOOTSTRAP_SERVERS");
        }
        lastFailure = new Failure(clock.instant(), reason);
        return new UnavailableException("Kafka did not acknowledge the events: " + reason, cause);
    }
}
