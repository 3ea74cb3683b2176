package com.threadly.localstack.faults;

import com.threadly.events.MessageSent;
import com.threadly.events.Topics;
import com.threadly.serde.AvroSerializer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Publishes message-events, well-formed ones or any bytes. */
final class MessageService implements AutoCloseable {

    private final AvroSerializer<MessageSent> serializer = new AvroSerializer<>();
    private final KafkaProducer<String, byte[]> producer;

    MessageService(String bootstrapServers, URI registry, String compression) {
        serializer.configure(Map.of("schema.registry.url", registry.toString()), false);
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        compression,
                        // With more, a topic that is created anew may refuse a batch and take the next one: for ever.
                        ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                        1),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    CompletableFuture<AcknowledgedMessage> send(Message message, String content) {
        return send(message, bytes(message, content));
    }

    /** As part of a trace, which {@code traceparent} names (W3C Trace Context). */
    CompletableFuture<AcknowledgedMessage> sendTraced(Message message, String traceparent) {
        return send(
                message,
                bytes(message, "hello"),
                new RecordHeaders().add("traceparent", traceparent.getBytes(StandardCharsets.US_ASCII)));
    }

    /** Any {@code value} in place of {@code message}. */
    CompletableFuture<AcknowledgedMessage> send(Message message, byte @Nullable [] value) {
        return send(message, value, new RecordHeaders());
    }

    private CompletableFuture<AcknowledgedMessage> send(Message message, byte @Nullable [] value, Headers headers) {
        var stored = new CompletableFuture<AcknowledgedMessage>();
        var _ = producer.send(
                new ProducerRecord<>(Topics.MESSAGE_EVENTS.name(), null, message.conversation(), value, headers),
                (metadata, failure) -> {
                    if (failure == null) {
                        stored.complete(new AcknowledgedMessage(
                                message,
                                new TopicPartition(metadata.topic(), metadata.partition()),
                                metadata.offset()));
                    } else {
                        stored.completeExceptionally(failure);
                    }
                });
        return stored;
    }

    byte[] bytes(Message message, String content) {
        var event = new MessageSent(
                // Same message, same id: published again, it is the same event.
                UUID.nameUUIDFromBytes(message.id().getBytes(StandardCharsets.UTF_8)),
                Instant.now(),
                message.id(),
                message.conversation(),
                "ana",
                List.of("ben"),
                null,
                content,
                null);
        byte[] bytes = serializer.serialize(Topics.MESSAGE_EVENTS.name(), event);
        if (bytes == null) {
            throw new IllegalStateException("an event became nothing");
        }
        return bytes;
    }

    void flush() {
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
        serializer.close();
    }
}
