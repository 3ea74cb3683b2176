package com.threadly.localstack.servers;

import com.threadly.localstack.process.FreePorts;
import com.threadly.runtime.retry.Causes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/** The real broker, in this process; {@link KafkaCluster} has it in processes of its own. */
public final class KafkaBroker implements AutoCloseable {

    private final KafkaRaftServer server;
    private final String bootstrapServers;

    private KafkaBroker(KafkaRaftServer server, String bootstrapServers) {
        this.server = server;
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * Starts a broker that is a cluster of its own, on {@code port} with its data in {@code folder}; existing data is
     * served again.
     */
    public static KafkaBroker start(Path folder, int port, int controllerPort) {
        FreePorts.requireFree(port, "the Kafka broker");
        var node = new BrokerNode(1, folder, port, controllerPort, null);
        try {
            node.format(Uuid.randomUuid().toString());
            return start(node.settings(List.of(node)), node.address());
        } catch (Exception e) {
            throw new IllegalStateException(
                    "The Kafka broker did not start with its data in " + folder + ": " + Causes.root(e)
                            + ". Is another broker using that folder? To start from scratch, remove it.",
                    e);
        }
    }

    /** Starts a node of a cluster, whose folder is formatted. */
    static KafkaBroker start(Map<String, String> settings, String bootstrapServers) {
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
        KafkaBroker broker = new KafkaBroker(server, bootstrapServers);
        try {
            server.startup();
        } catch (RuntimeException e) {
            broker.close();
            throw e;
        }
        return broker;
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    void awaitShutdown() {
        server.awaitShutdown();
    }

    /** Shuts the broker down cleanly; its data remains. */
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
