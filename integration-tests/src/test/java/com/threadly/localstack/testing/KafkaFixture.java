package com.threadly.localstack.testing;

import com.threadly.localstack.process.FreePorts;
import com.threadly.localstack.servers.KafkaBroker;
import java.nio.file.Path;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/** A broker for tests: in a container if a Docker engine answers, otherwise in this JVM. */
record KafkaFixture(String bootstrapServers, Runnable stop) implements AutoCloseable {

    static KafkaFixture start(Path folder, FreePorts ports) {
        return DockerClientFactory.instance().isDockerAvailable() ? container() : embedded(folder, ports);
    }

    private static KafkaFixture embedded(Path folder, FreePorts ports) {
        KafkaBroker broker = KafkaBroker.start(folder, ports.next(), ports.next());
        return new KafkaFixture(broker.bootstrapServers(), broker::close);
    }

    private static KafkaFixture container() {
        KafkaContainer container = new KafkaContainer("apache/kafka-native:4.3.1")
                .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0")
                .withEnv("KAFKA_GROUP_CONSUMER_MIN_HEARTBEAT_INTERVAL_MS", "250")
                .withEnv("KAFKA_GROUP_CONSUMER_HEARTBEAT_INTERVAL_MS", "250")
                .withEnv("KAFKA_GROUP_CONSUMER_MIN_SESSION_TIMEOUT_MS", "6000")
                .withEnv("KAFKA_GROUP_CONSUMER_SESSION_TIMEOUT_MS", "6000");
        container.start();
        return new KafkaFixture(container.getBootstrapServers(), container::stop);
    }

    @Override
    public void close() {
        stop.run();
    }
}
