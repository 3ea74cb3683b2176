package com.threadly.benchmarks.stage;

import com.threadly.serde.AvroSerializer;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Publishes events, the same ones each time. */
final class EventWriter implements AutoCloseable {

    private static final int LINGER_MS = 5;

    private final EventKind kind;
    private final AvroSerializer<SpecificRecord> serializer = new AvroSerializer<>();
    private final KafkaProducer<String, byte[]> producer;

    EventWriter(EventKind kind, String bootstrapServers, URI registry) {
        this.kind = kind;
        serializer.configure(Map.of("schema.registry.url", registry.toString()), false);
        producer = BulkProducer.connect(bootstrapServers, LINGER_MS);
    }

    void write(int count) {
        var random = new SplittableRandom(1);
        Instant now = Instant.now();
        String topic = kind.topic().name();
        for (int number = 0; number < count; number++) {
            SpecificRecord event = kind.event(number, now.plusMillis(number), random);
            var _ = producer.send(
                    new ProducerRecord<>(topic, EventKind.id(number), serializer.serialize(topic, event)));
        }
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
        serializer.close();
    }
}
