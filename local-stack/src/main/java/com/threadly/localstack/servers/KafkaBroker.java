package com.threadly.localstack.servers;

import com.threadly.localstack.process.FreePorts;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** The real broker, in this process: a single node, both broker and controller (KRaft). */
public final class KafkaBroker implements AutoCloseable {

    private static final int NODE = 1;
    private static final String CONTROLLER = "CONTROLLER";

    private final KafkaRaftServer server;
    private final String bootstrapServers;

    private KafkaBroker(KafkaRaftServer server, String bootstrapServers) {
        this.server = server;
        this.bootstrapServers = bootstrapServers;
    }

    /** Starts a broker on {@code port} with its data in {@code folder}; existing data is served again. */
    public static KafkaBroker start(Path folder, int port, int controllerPort) {
        FreePorts.requireFree(port, "the Kafka broker");
        String address = "127.0.0.1:" + port;
        try {
            format(folder);
            KafkaConfig config = new KafkaConfig(settings(folder, address, "127.0.0.1:" + controllerPort), false);
            KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
            KafkaBroker broker = new KafkaBroker(server, address);
            try {
                server.startup();
            } catch (RuntimeException e) {
                broker.close();
                throw e;
            }
            return broker;
        } catch (Exception e) {
            throw new IllegalStateException(
                    "The Kafka broker did not start with its data in " + folder + ": " + rootCause(e)
                            + ". Is another broker using that folder? To start from scratch, remove it.",
                    e);
        }
    }

    private static Throwable rootCause(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static Map<String, String> settings(Path folder, String address, String controller) {
        Map<String, String> settings = new HashMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(NODE));
        settings.put("listeners", "PLAINTEXT://" + address + "," + CONTROLLER + "://" + controller);
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
        settings.put("controller.listener.names", CONTROLLER);
        // A static voter: the metadata log does not contain its port, so the next start may use another.
        settings.put("controller.quorum.voters", NODE + "@" + controller);
        settings.put("log.dirs", folder.toString());
        settings.put("auto.create.topics.enable", "false");
        settings.put("group.initial.rebalance.delay.ms", "0");
        // A killed worker is detected after a few seconds instead of 45, and its partitions move. Each step of a
        // rebalance waits for a heartbeat.
        settings.put("group.consumer.min.heartbeat.interval.ms", "250");
        settings.put("group.consumer.heartbeat.interval.ms", "250");
        settings.put("group.consumer.min.session.timeout.ms", "6000");
        settings.put("group.consumer.session.timeout.ms", "6000");
        // One node holds the only replica of everything.
        settings.put("default.replication.factor", "1");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        // Each of these partitions costs files, and time at first use.
        settings.put("offsets.topic.num.partitions", "4");
        settings.put("transaction.state.log.num.partitions", "4");
        settings.put("share.coordinator.state.topic.num.partitions", "4");
        // Allocated at startup, 128 MiB by default; this size still holds 80,000 keys.
        settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(2 << 20));
        return settings;
    }

    private static void format(Path folder) throws Exception {
        if (Files.exists(folder.resolve("meta.properties"))) {
            return;
        }
        Files.createDirectories(folder);
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                .setNodeId(NODE)
                .setClusterId(Uuid.randomUuid().toString())
                .setControllerListenerName(CONTROLLER)
                .setMetadataLogDirectory(folder.toString())
                .addDirectory(folder.toString())
                .run();
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Shuts the broker down cleanly; its data remains. */
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
