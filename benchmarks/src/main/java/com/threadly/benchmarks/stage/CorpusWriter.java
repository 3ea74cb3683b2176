package com.threadly.benchmarks.stage;

import com.threadly.benchmarks.stub.MessageId;
import com.threadly.events.MessageSent;
import com.threadly.events.Topics;
import com.threadly.serde.AvroSerializer;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntSupplier;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Publishes the messages of a plan, one after the other. */
final class CorpusWriter implements AutoCloseable {

    private static final String CONTENT = "Is it still available? I could pick it up on Saturday, around noon.";

    private final AvroSerializer<MessageSent> serializer = new AvroSerializer<>();
    private final KafkaProducer<String, byte[]> producer;
    private final IntSupplier draws;
    private final int[] next;
    private int number;

    /**
     * A writer.
     *
     * @param linger how long a message may wait to be batched, in milliseconds
     */
    CorpusWriter(CorpusPlan plan, String bootstrapServers, URI registry, int linger) {
        draws = plan.draws();
        next = new int[plan.conversations()];
        serializer.configure(Map.of("schema.registry.url", registry.toString()), false);
        producer = BulkProducer.connect(bootstrapServers, linger);
    }

    /** Publishes the next message without waiting. */
    void write(Callback acknowledged) {
        int conversation = draws.getAsInt();
        String conversationId = "c" + conversation;
        var event = new MessageSent(
                new UUID(conversation, (long) number << 32 | next[conversation]),
                Instant.now(),
                new MessageId(conversation, next[conversation]++, number++).toString(),
                conversationId,
                "ana",
                List.of("ben"),
                "Ana",
                CONTENT,
                null);
        var _ = producer.send(
                new ProducerRecord<>(
                        Topics.MESSAGE_EVENTS.name(),
                        conversationId,
                        serializer.serialize(Topics.MESSAGE_EVENTS.name(), event)),
                acknowledged);
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
