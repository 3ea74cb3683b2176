package com.threadly.localstack.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.threadly.localstack.process.FreePorts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.random.RandomGenerator;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaBrokerIT {

    private final FreePorts ports = new FreePorts(RandomGenerator.getDefault());

    @TempDir
    private Path folder;

    @Test
    void keepsRecordsAndOffsetsAcrossARestartOnTheSameDataAndPort() throws Exception {
        int port = ports.next();
        try (KafkaBroker broker = KafkaBroker.start(folder, port, ports.next());
                Admin admin = admin(broker)) {
            admin.createTopics(List.of(new NewTopic("letters", 2, (short) 1)))
                    .all()
                    .get();
            send(broker, "a", "first");
            assertThat(readAndCommit(broker)).containsExactly("first");
        }
        try (KafkaBroker broker = KafkaBroker.start(folder, port, ports.next())) {
            send(broker, "a", "second");
            assertThat(readAndCommit(broker)).containsExactly("second");
        }
    }

    @Test
    void createsNoTopicUnasked() throws Exception {
        try (KafkaBroker broker = KafkaBroker.start(folder, ports.next(), ports.next());
                Admin admin = admin(broker);
                KafkaProducer<String, String> producer = producer(broker)) {
            assertThatThrownBy(() -> producer.partitionsFor("unasked")).isInstanceOf(Exception.class);
            assertThatThrownBy(() -> admin.describeTopics(List.of("unasked"))
                            .allTopicNames()
                            .get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
        }
    }

    @Test
    void saysWhatToDoWhenThePortIsTaken() {
        int port = ports.next();
        try (KafkaBroker first = KafkaBroker.start(folder.resolve("first"), port, ports.next())) {
            assertThat(first.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
            assertThatThrownBy(() -> KafkaBroker.start(folder.resolve("second"), port, ports.next()))
                    .hasMessageContaining("Port " + port + " is taken, so the Kafka broker cannot");
        }
    }

    private static void send(KafkaBroker broker, String key, String value) throws Exception {
        try (KafkaProducer<String, String> producer = producer(broker)) {
            producer.send(new ProducerRecord<>("letters", key, value)).get();
        }
    }

    private static List<String> readAndCommit(KafkaBroker broker) {
        Properties settings = settings(broker);
        settings.put("group.id", "readers");
        settings.put("group.protocol", "consumer");
        settings.put("auto.offset.reset", "earliest");
        settings.put("enable.auto.commit", "false");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of("letters"));
            ConsumerRecords<String, String> records =
                    Awaitility.await().until(() -> consumer.poll(Duration.ofMillis(100)), polled -> !polled.isEmpty());
            consumer.commitSync();
            return StreamSupport.stream(records.spliterator(), false)
                    .map(ConsumerRecord::value)
                    .toList();
        }
    }

    private static KafkaProducer<String, String> producer(KafkaBroker broker) {
        Properties settings = settings(broker);
        settings.put("max.block.ms", "5000");
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    private static Admin admin(KafkaBroker broker) {
        return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    private static Properties settings(KafkaBroker broker) {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", broker.bootstrapServers());
        return settings;
    }
}
