package com.threadly.bench.stage;

import com.threadly.common.serde.AvroSerializer;
import com.threadly.events.OrderStatus;
import com.threadly.events.OrderStatusChanged;
import com.threadly.events.Topics;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes orders that were shipped, the same ones each time: each is one row, for its buyer. */
final class OrderWriter implements AutoCloseable {

    private static final int USERS = 100_000;

    private final AvroSerializer<OrderStatusChanged> serializer = new AvroSerializer<>();
    private final KafkaProducer<String, byte[]> producer;

    OrderWriter(String bootstrapServers, URI registry) {
        serializer.configure(Map.of("schema.registry.url", registry.toString()), false);
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.LINGER_MS_CONFIG,
                        5,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        256 * 1024),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    void write(int orders) {
        var random = new SplittableRandom(1);
        Instant now = Instant.now();
        for (int number = 0; number < orders; number++) {
            String orderId = "order-" + number;
            var event = new OrderStatusChanged(
                    new UUID(number, number),
                    now.plusMillis(number),
                    orderId,
                    "u" + random.nextInt(USERS),
                    "s" + random.nextInt(USERS),
                    "p" + random.nextInt(USERS),
                    "Linen dress, size 38",
                    OrderStatus.SHIPPED,
                    OrderStatus.CONFIRMED);
            var _ = producer.send(new ProducerRecord<>(
                    Topics.ORDER_EVENTS.name(), orderId, serializer.serialize(Topics.ORDER_EVENTS.name(), event)));
        }
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
        serializer.close();
    }
}
