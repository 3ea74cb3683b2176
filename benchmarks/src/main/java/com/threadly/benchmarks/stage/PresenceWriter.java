package com.threadly.benchmarks.stage;

import com.threadly.events.PresenceChange;
import com.threadly.events.PresenceChanged;
import com.threadly.events.Topics;
import com.threadly.serde.AvroSerializer;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Publishes people who join, are seen and leave. Which of it is drawn for each event, so that every channel gets all of
 * it.
 */
final class PresenceWriter implements AutoCloseable {

    private static final PresenceChange[] CHANGES = {
        PresenceChange.JOINED, PresenceChange.SEEN, PresenceChange.SEEN, PresenceChange.LEFT
    };

    /** In event time: about as many as an engine handles in a second. */
    private static final int EVENTS_A_SECOND = 30_000;

    private static final int LINGER_MS = 5;
    private static final int SEED = 2;

    private final AvroSerializer<PresenceChanged> serializer = new AvroSerializer<>();
    private final KafkaProducer<String, byte[]> producer;

    PresenceWriter(String bootstrapServers, URI registry) {
        serializer.configure(Map.of("schema.registry.url", registry.toString()), false);
        producer = BulkProducer.connect(bootstrapServers, LINGER_MS);
    }

    void write(PresencePlan plan) {
        var visits = plan.draws();
        var changes = new SplittableRandom(SEED);
        Instant begin = Instant.now();
        for (int number = 0; number < plan.events(); number++) {
            PresencePlan.Visit visit = visits.get();
            String channel = "presence-product-" + visit.channel();
            var event = new PresenceChanged(
                    new UUID(number, number),
                    begin.plusMillis(1000L * number / EVENTS_A_SECOND),
                    channel,
                    "u" + visit.user(),
                    CHANGES[changes.nextInt(CHANGES.length)]);
            var _ = producer.send(new ProducerRecord<>(
                    Topics.PRESENCE_EVENTS.name(),
                    channel,
                    serializer.serialize(Topics.PRESENCE_EVENTS.name(), event)));
        }
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
        serializer.close();
    }
}
