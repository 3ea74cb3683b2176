package com.threadly.notification;

import static org.awaitility.Awaitility.await;

import com.threadly.events.Topic;
import com.threadly.events.TopicReader;
import com.threadly.events.Topics;
import com.threadly.localstack.bootstrap.SchemaRegistrar;
import com.threadly.localstack.bootstrap.TopicCreator;
import com.threadly.localstack.testing.Servers;
import com.threadly.serde.AvroSerializer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The worker's topics, empty at first, and its group's offsets in them. */
final class TopicLog implements AutoCloseable {

    static final String GROUP = "notification-worker";

    private static final List<Topic<?>> TOPICS = List.of(
            Topics.ORDER_EVENTS,
            Topics.PAYMENT_EVENTS,
            Topics.MESSAGE_EVENTS,
            Topics.NOTIFICATION_EVENTS,
            Topics.NOTIFICATION_READ_EVENTS,
            Topics.ERASURE_EVENTS);

    private final Admin admin;
    private final KafkaProducer<String, byte[]> producer;
    private final AvroSerializer<SpecificRecord> serializer = new AvroSerializer<>();

    TopicLog(Servers servers) throws Exception {
        new TopicCreator(servers.kafka()).createFor(TopicReader.NOTIFICATION_WORKER);
        new SchemaRegistrar(servers.registry()).register();
        serializer.configure(Map.of("schema.registry.url", servers.registry().toString()), false);
        admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers.kafka()));
        producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers.kafka(), ProducerConfig.ACKS_CONFIG, "all"),
                new StringSerializer(),
                new ByteArraySerializer());
        admin.deleteRecords(ends().entrySet().stream()
                        // Kafka deletes none of a compacted topic.
                        .filter(end -> !end.getKey().topic().equals(Topics.ERASURE_EVENTS.name()))
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, end -> RecordsToDelete.beforeOffset(end.getValue()))))
                .all()
                .get();
    }

    /** Publishes them; they are in the topics when this returns. */
    void publish(List<? extends SpecificRecord> events) {
        publish(events, Instant.now());
    }

    /** The same, at the time {@code at}. */
    void publish(List<? extends SpecificRecord> events, Instant at) {
        events.forEach(event -> send(event, at));
        producer.flush();
    }

    private void send(SpecificRecord event, Instant at) {
        Topic<?> topic = Stream.concat(TOPICS.stream(), Stream.of(Topics.USER_PRESENCE))
                .filter(one -> one.valueType().isInstance(event))
                .findFirst()
                .orElseThrow();
        var _ = producer.send(new ProducerRecord<>(
                topic.name(), null, at.toEpochMilli(), key(topic, event), serializer.serialize(topic.name(), event)));
    }

    private static <V extends SpecificRecord> String key(Topic<V> topic, SpecificRecord event) {
        return topic.keyOf(topic.valueType().cast(event));
    }

    /** Commits the ends of the topics, as if the worker had handled everything. */
    void commitAll() throws Exception {
        admin.alterConsumerGroupOffsets(
                        GROUP,
                        ends().entrySet().stream()
                                .collect(Collectors.toMap(
                                        Map.Entry::getKey, end -> new OffsetAndMetadata(end.getValue()))))
                .all()
                .get();
    }

    /** Commits the ends of {@code topic}, and nothing of the others. */
    void commitOnly(String topic) throws Exception {
        commitAll();
        admin.deleteConsumerGroupOffsets(
                        GROUP,
                        ends().keySet().stream()
                                .filter(partition -> !partition.topic().equals(topic))
                                .collect(Collectors.toSet()))
                .all()
                .get();
    }

    /** Until the worker has committed the ends of all topics. */
    void awaitAllHandled() {
        await().atMost(Duration.ofSeconds(60)).until(this::isAllHandled);
    }

    private boolean isAllHandled() throws Exception {
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(GROUP)
                .partitionsToOffsetAndMetadata()
                .get();
        return ends().entrySet().stream()
                .allMatch(end -> committed.containsKey(end.getKey())
                        && committed.get(end.getKey()).offset() >= end.getValue());
    }

    /** Until no member of the worker's group is left; a killed one counts until its session expires. */
    void awaitNobody() {
        await().atMost(Duration.ofSeconds(60)).until(this::isNobodyLeft);
    }

    private boolean isNobodyLeft() throws Exception {
        try {
            return admin.describeConsumerGroups(List.of(GROUP)).all().get().values().stream()
                    .allMatch(group -> group.members().isEmpty());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return true;
            }
            throw e;
        }
    }

    private Map<TopicPartition, Long> ends() throws Exception {
        Map<TopicPartition, OffsetSpec> partitions = TOPICS.stream()
                .flatMap(topic -> IntStream.range(0, topic.partitions())
                        .mapToObj(partition -> new TopicPartition(topic.name(), partition)))
                .collect(Collectors.toMap(partition -> partition, _ -> OffsetSpec.latest()));
        return admin.listOffsets(partitions).all().get().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, end -> end.getValue().offset()));
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
        serializer.close();
    }
}
