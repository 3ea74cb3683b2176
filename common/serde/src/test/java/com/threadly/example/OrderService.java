package com.threadly.example;

import com.threadly.events.OrderStatus;
import com.threadly.events.OrderStatusChanged;
import com.threadly.events.Topics;
import com.threadly.serde.AvroSerializer;
import java.time.Instant;
import java.util.Properties;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

final class OrderService {

    private OrderService() {}

    public static void main(String[] args) throws Exception {
        var config = new Properties();
        config.put("bootstrap.servers", System.getenv("KAFKA_BOOTSTRAP_SERVERS"));
        config.put("schema.registry.url", System.getenv("SCHEMA_REGISTRY_URL"));
        config.put("acks", "all");
        config.put("key.serializer", StringSerializer.class);
        config.put("value.serializer", AvroSerializer.class);

        try (var producer = new KafkaProducer<String, OrderStatusChanged>(config)) {
            OrderStatusChanged shipped = OrderStatusChanged.newBuilder()
                    .setEventId(UUID.randomUUID()) // generated once: a retry publishes the same event with the same id
                    .setOccurredAt(Instant.now())
                    .setOrderId("order-1")
                    .setBuyerId("ben")
                    .setSellerId("ana")
                    .setProductId("product-1")
                    .setProductTitle("Linen dress, size 38")
                    .setStatus(OrderStatus.SHIPPED)
                    .setPreviousStatus(OrderStatus.CONFIRMED)
                    .build();
            producer.send(new ProducerRecord<>(Topics.ORDER_EVENTS.name(), Topics.ORDER_EVENTS.keyOf(shipped), shipped))
                    .get(); // throws when the brokers did not accept it
        }
    }
}
