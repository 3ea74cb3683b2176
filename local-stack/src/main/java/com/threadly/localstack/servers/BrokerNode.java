package com.threadly.localstack.servers;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

/**
 * One node of a cluster, both broker and controller (KRaft): where its data is and where it listens.
 *
 * @param relayed a second listener, whose clients reach it through a proxy; null if there is none
 */
record BrokerNode(int id, Path folder, int port, int controllerPort, KafkaCluster.@Nullable Relayed relayed) {

    private static final String CONTROLLER = "CONTROLLER";
    private static final String RELAYED = "RELAYED";
    private static final int MOST_REPLICAS = 3;

    String address() {
        return "127.0.0.1:" + port;
    }

    private String controller() {
        return id + "@127.0.0.1:" + controllerPort;
    }

    /** What Kafka calls server.properties; {@code cluster} has all nodes, this one included. */
    Map<String, String> settings(List<BrokerNode> cluster) {
        Map<String, String> settings = new HashMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(id));
        listeners(settings);
        settings.put("controller.listener.names", CONTROLLER);
        // Static voters: the metadata log does not contain their ports, so the next start may use others.
        settings.put(
                "controller.quorum.voters",
                cluster.stream().map(BrokerNode::controller).collect(Collectors.joining(",")));
        settings.put("log.dirs", folder.toString());
        settings.put("auto.create.topics.enable", "false");
        settings.put("group.initial.rebalance.delay.ms", "0");
        // A killed worker is detected after a few seconds instead of 45, and its partitions move. Each step of a
        // rebalance waits for a heartbeat.
        settings.put("group.consumer.min.heartbeat.interval.ms", "250");
        settings.put("group.consumer.heartbeat.interval.ms", "250");
        settings.put("group.consumer.min.session.timeout.ms", "6000");
        settings.put("group.consumer.session.timeout.ms", "6000");
        replication(settings, Math.min(cluster.size(), MOST_REPLICAS));
        // Each of these partitions costs files, and time at first use.
        settings.put("offsets.topic.num.partitions", "4");
        settings.put("transaction.state.log.num.partitions", "4");
        settings.put("share.coordinator.state.topic.num.partitions", "4");
        // Allocated at startup, 128 MiB by default; this size still holds 80,000 keys.
        settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(2 << 20));
        return settings;
    }

    private void listeners(Map<String, String> settings) {
        String listeners = "PLAINTEXT://" + address() + "," + CONTROLLER + "://127.0.0.1:" + controllerPort;
        String protocols = "PLAINTEXT:PLAINTEXT," + CONTROLLER + ":PLAINTEXT";
        if (relayed != null) {
            listeners += "," + RELAYED + "://127.0.0.1:" + relayed.port();
            protocols += "," + RELAYED + ":PLAINTEXT";
            settings.put(
                    "advertised.listeners",
                    "PLAINTEXT://" + address() + "," + RELAYED + "://127.0.0.1:" + relayed.proxyPort());
        }
        settings.put("listeners", listeners);
        settings.put("listener.security.protocol.map", protocols);
    }

    /** With three replicas, one broker may be away and nothing that was acknowledged is on one alone. */
    private static void replication(Map<String, String> settings, int replicas) {
        String factor = Integer.toString(replicas);
        String inSync = Integer.toString(Math.max(1, replicas - 1));
        settings.put("default.replication.factor", factor);
        settings.put("min.insync.replicas", inSync);
        settings.put("offsets.topic.replication.factor", factor);
        settings.put("transaction.state.log.replication.factor", factor);
        settings.put("transaction.state.log.min.isr", inSync);
        settings.put("share.coordinator.state.topic.replication.factor", factor);
        settings.put("share.coordinator.state.topic.min.isr", inSync);
    }

    boolean isFormatted() {
        return Files.exists(metaProperties());
    }

    /** Of a formatted node. */
    String clusterId() {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(metaProperties())) {
            properties.load(reader);
            return properties.getProperty("cluster.id");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + metaProperties(), e);
        }
    }

    private Path metaProperties() {
        return folder.resolve("meta.properties");
    }

    /** Does nothing if the folder has data. */
    void format(String clusterId) throws Exception {
        if (isFormatted()) {
            return;
        }
        Files.createDirectories(folder);
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                .setNodeId(id)
                .setClusterId(clusterId)
                .setControllerListenerName(CONTROLLER)
                .setMetadataLogDirectory(folder.toString())
                .addDirectory(folder.toString())
                .run();
    }
}
