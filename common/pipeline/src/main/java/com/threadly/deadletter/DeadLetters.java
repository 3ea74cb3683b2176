package com.threadly.deadletter;

import com.threadly.events.Topics;
import com.threadly.runtime.settings.KafkaSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes records to {@code <topic>.<worker>.dlq}: the same key, the same bytes, and headers with the cause. */
public final class DeadLetters implements AutoCloseable {

    /** A record at the broker's limit must still fit with our headers: twice Kafka's default of 1 MiB. */
    public static final int MAX_REQUEST_BYTES = 2 * 1024 * 1024;

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

    private final Producer<byte[], byte[]> producer;
    private final String worker;
    private final Clock clock;
    private final DeadLetterReporter reporter;

    public DeadLetters(Producer<byte[], byte[]> producer, String worker, Clock clock, MeterRegistry metrics) {
        this.producer = producer;
        this.worker = worker;
        this.clock = clock;
        this.reporter = new DeadLetterReporter(metrics);
    }

    /** Uses its own producer. */
    public static DeadLetters to(KafkaSettings kafka, String worker, Clock clock, MeterRegistry metrics) {
        return new DeadLetters(producer(kafka, worker), worker, clock, metrics);
    }

    /**
     * A producer for dead letters and redrives: acknowledged records are durable, and failures show soon.
     *
     * @param client part of the client id, unique among the process's producers
     */
    public static Producer<byte[], byte[]> producer(KafkaSettings kafka, String client) {
        var serializer = new ByteArraySerializer();
        return new KafkaProducer<>(
                kafka.producer(Map.of(
                        ProducerConfig.CLIENT_ID_CONFIG,
                        client + "-dlq",
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        MAX_REQUEST_BYTES,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        10_000,
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        5_000,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        10_000)),
                serializer,
                serializer);
    }

    /**
     * Blocks until all in-sync replicas have it. Parts too large for the topic are left out, the largest first; the
     * headers say where they are.
     *
     * @throws KafkaException when Kafka does not accept it: try again
     */
    public void send(ConsumerRecord<byte[], byte[]> record, Reason reason, String message) throws InterruptedException {
        String topic = Topics.deadLetters(record.topic(), worker);
        Headers headers = DeadLetterHeaders.of(record, worker, reason, message, clock.instant());
        DeadLetterRecord deadLetter = DeadLetterRecord.of(record, headers);
        while (!isTaken(deadLetter.in(topic))) {
            deadLetter = deadLetter
                    .withoutLargestPart()
                    .orElseThrow(() -> new KafkaException(
                            topic + " rejects even the smallest dead letter; increase its max.message.bytes"));
        }
        reporter.of(record, reason, message);
    }

    /** Whether {@code record} was redriven for another worker that reads its topic. */
    public boolean redrivenForAnother(ConsumerRecord<byte[], byte[]> record) {
        String whose = DeadLetterHeaders.text(record.headers(), DeadLetterHeaders.WORKER);
        return whose != null && !whose.equals(worker);
    }

    /** Writes {@code deadLetter}; false when it is too large. */
    private boolean isTaken(ProducerRecord<byte[], byte[]> deadLetter) throws InterruptedException {
        try {
            producer.send(deadLetter).get();
            return true;
        } catch (ExecutionException e) {
            // The producer's limit (max.request.size) or the topic's (max.message.bytes).
            if (e.getCause() instanceof RecordTooLargeException) {
                return false;
            }
            throw new KafkaException(
                    "cannot write dead letters to " + deadLetter.topic()
                            + "; check that the topic exists and that Kafka is available",
                    e.getCause());
        }
    }

    /** Nothing waits for a send that is unacknowledged by now: its record is not done, and is read again. */
    @Override
    public void close() {
        producer.close(CLOSE_LIMIT);
    }
}
