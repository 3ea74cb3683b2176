package com.threadly.localstack.servers;

import com.threadly.localstack.process.ChildProcess;
import com.threadly.localstack.process.FreePorts;
import com.threadly.localstack.process.Program;
import com.threadly.localstack.process.Watchdog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * One broker or several, each in a process of its own, which may be killed or frozen. With three, topics have three
 * replicas, of which two acknowledge ({@code min.insync.replicas}).
 */
public final class KafkaCluster implements AutoCloseable {

    /** Usually seconds, but minutes on a busy machine. */
    private static final Duration READY_LIMIT = Duration.ofMinutes(5);

    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private static final List<String> JVM_OPTIONS = List.of(
            "-Xmx320m",
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dlogback.configurationFile=com/threadly/localstack/log.xml");

    /**
     * A listener for clients behind a proxy.
     *
     * @param port where the broker listens
     * @param proxyPort where these clients look for it
     */
    public record Relayed(int port, int proxyPort) {}

    /** The ports of one broker. */
    public record Ports(
            int broker, int controller, int ready, @Nullable Relayed relayed) {

        /** Free ones, and {@code broker}. */
        public static Ports of(int broker, FreePorts free) {
            return new Ports(broker, free.next(), free.next(), null);
        }

        /** With a second listener behind a proxy. */
        public Ports through(Relayed proxy) {
            return new Ports(broker, controller, ready, proxy);
        }
    }

    private final List<BrokerNode> nodes;
    private final List<Program> programs;
    private final Watchdog watchdog;
    private final List<ChildProcess> processes;

    private KafkaCluster(List<BrokerNode> nodes, List<Program> programs, Watchdog watchdog) {
        this.nodes = nodes;
        this.programs = programs;
        this.watchdog = watchdog;
        this.processes = Collections.synchronizedList(new ArrayList<>());
    }

    /**
     * Starts a broker per element of {@code ports}, and returns when all are ready. Their data is in {@code folder};
     * existing data is served again.
     *
     * @param logs the folder of their logs, kafka-1.log and so on
     */
    public static KafkaCluster start(Path folder, List<Ports> ports, Path logs, Watchdog watchdog) {
        List<BrokerNode> nodes = IntStream.rangeClosed(1, ports.size())
                .mapToObj(id -> node(id, ports.get(id - 1), folder(folder, id, ports.size())))
                .toList();
        nodes.forEach(node -> FreePorts.requireFree(node.port(), "the Kafka broker"));
        requireSameSize(folder, nodes);
        format(nodes);
        List<Program> programs = nodes.stream()
                .map(node -> program(node, nodes, ports.get(node.id() - 1).ready(), logs))
                .toList();
        KafkaCluster cluster = new KafkaCluster(nodes, programs, watchdog);
        programs.forEach(program -> cluster.processes.add(ChildProcess.start(program, watchdog)));
        try {
            cluster.processes.forEach(process -> process.awaitReady(READY_LIMIT));
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
        return cluster;
    }

    private static BrokerNode node(int id, Ports ports, Path folder) {
        return new BrokerNode(id, folder.toAbsolutePath(), ports.broker(), ports.controller(), ports.relayed());
    }

    /** The data of a single broker is in {@code folder} itself. */
    private static Path folder(Path folder, int id, int brokers) {
        return brokers == 1 ? folder : folder.resolve(Integer.toString(id));
    }

    private static void requireSameSize(Path folder, List<BrokerNode> nodes) {
        boolean ofOne = Files.exists(folder.resolve("meta.properties"));
        boolean ofSeveral = Files.exists(folder(folder, 1, 2));
        if (nodes.size() == 1 ? ofSeveral : ofOne) {
            throw new IllegalStateException("The data in " + folder + " is that of "
                    + (ofOne ? "one broker" : "several brokers") + ". Start as many again, or remove it.");
        }
    }

    /** All of a cluster have its id, also one whose folder was removed. */
    private static void format(List<BrokerNode> nodes) {
        String clusterId = nodes.stream()
                .filter(BrokerNode::isFormatted)
                .findFirst()
                .map(BrokerNode::clusterId)
                .orElseGet(() -> Uuid.randomUuid().toString());
        for (BrokerNode node : nodes) {
            try {
                node.format(clusterId);
            } catch (Exception e) {
                throw new IllegalStateException("Cannot prepare " + node.folder() + " for a Kafka broker", e);
            }
        }
    }

    private static Program program(BrokerNode node, List<BrokerNode> cluster, int readyPort, Path logs) {
        Path file = node.folder().resolve("server.properties");
        var properties = new Properties();
        properties.putAll(node.settings(cluster));
        try (var writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
        return new Program(
                "Kafka broker " + node.id(),
                JVM_OPTIONS,
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        BrokerProgram.class.getName(),
                        file.toString(),
                        Integer.toString(readyPort)),
                Map.of(),
                logs.resolve("kafka-" + node.id() + ".log"),
                URI.create("http://127.0.0.1:" + readyPort + "/"));
    }

    public String bootstrapServers() {
        return nodes.stream().map(BrokerNode::address).collect(Collectors.joining(","));
    }

    public int size() {
        return nodes.size();
    }

    /** Broker {@code id}, counted from 1, for example to kill it. */
    public ChildProcess process(int id) {
        return processes.get(id - 1);
    }

    /** Where broker {@code id} keeps its logs and metadata. */
    public Path folder(int id) {
        return nodes.get(id - 1).folder();
    }

    /** Starts broker {@code id} again once its process has ended, and returns when it is ready. */
    public void restart(int id) {
        if (process(id).isAlive()) {
            throw new IllegalStateException(process(id).name() + " is still running");
        }
        processes.set(id - 1, ChildProcess.start(programs.get(id - 1), watchdog));
        process(id).awaitReady(READY_LIMIT);
    }

    /** Shuts the brokers down; their data remains. Without a majority the last ones cannot say goodbye: killed. */
    @Override
    public void close() {
        for (int left = processes.size(); left > 0; left--) {
            ChildProcess process = processes.get(left - 1);
            if (left == nodes.size() || left > nodes.size() / 2) {
                process.stop(STOP_LIMIT);
            } else {
                process.kill();
            }
        }
    }
}
