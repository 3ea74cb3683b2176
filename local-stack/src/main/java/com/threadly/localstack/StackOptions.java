package com.threadly.localstack;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a stack runs.
 *
 * @param home the project's folder, where the build left the workers' jars
 * @param data where data is kept across starts; null for a temporary folder that is removed with the stack
 * @param ports chosen ports; the others are any free ones
 * @param workers the workers to start
 * @param workerJvmOptions options of every worker's JVM
 * @param settings environment variables for every worker, overriding those of the stack
 * @param announced whether other commands on this machine use this stack
 * @param brokers how many Kafka brokers there are
 * @param proxied whether workers reach their servers through proxies, which can be cut
 */
public record StackOptions(
        Path home,
        @Nullable Path data,
        Map<Port, Integer> ports,
        Set<Worker> workers,
        List<String> workerJvmOptions,
        Map<String, String> settings,
        boolean announced,
        int brokers,
        boolean proxied) {

    /** Four JVMs start at once, maybe on two cores: the second compiler would make the start take a third longer. */
    private static final List<String> WORKER_JVM_OPTIONS =
            List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-XX:TieredStopAtLevel=1");

    public StackOptions {
        if (brokers != 1 && brokers != 3) {
            throw new IllegalArgumentException("There are 1 or 3 brokers, not " + brokers);
        }
        home = home.toAbsolutePath().normalize();
        ports = Map.copyOf(ports);
        workers = Set.copyOf(workers);
        workerJvmOptions = List.copyOf(workerJvmOptions);
        settings = Map.copyOf(settings);
    }

    /** All deployables of the project in {@code threadly.home}, or else in the working directory. */
    public static StackOptions defaults() {
        Path home = Path.of(System.getProperty("threadly.home", ""));
        return new StackOptions(
                home, null, Map.of(), Set.of(Worker.values()), WORKER_JVM_OPTIONS, Map.of(), false, 1, false);
    }

    public StackOptions withHome(Path newHome) {
        return new StackOptions(newHome, data, ports, workers, workerJvmOptions, settings, announced, brokers, proxied);
    }

    public StackOptions withData(Path newData) {
        return new StackOptions(home, newData, ports, workers, workerJvmOptions, settings, announced, brokers, proxied);
    }

    public StackOptions withPort(Port port, int number) {
        Map<Port, Integer> more = new HashMap<>(ports);
        more.put(port, number);
        return new StackOptions(home, data, more, workers, workerJvmOptions, settings, announced, brokers, proxied);
    }

    public StackOptions withWorkers(Set<Worker> newWorkers) {
        return new StackOptions(home, data, ports, newWorkers, workerJvmOptions, settings, announced, brokers, proxied);
    }

    public StackOptions withWorkerJvmOptions(List<String> newOptions) {
        return new StackOptions(home, data, ports, workers, newOptions, settings, announced, brokers, proxied);
    }

    public StackOptions withSettings(Map<String, String> newSettings) {
        return new StackOptions(home, data, ports, workers, workerJvmOptions, newSettings, announced, brokers, proxied);
    }

    public StackOptions withAnnouncement() {
        return new StackOptions(home, data, ports, workers, workerJvmOptions, settings, true, brokers, proxied);
    }

    /** 1, or 3 for topics with three replicas. */
    public StackOptions withBrokers(int number) {
        return new StackOptions(home, data, ports, workers, workerJvmOptions, settings, announced, number, proxied);
    }

    public StackOptions withProxies() {
        return new StackOptions(home, data, ports, workers, workerJvmOptions, settings, announced, brokers, true);
    }

    Path target() {
        return home.resolve("local-stack").resolve("target");
    }
}
