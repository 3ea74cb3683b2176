package com.threadly.localstack;

import com.threadly.localstack.bootstrap.SchemaRegistrar;
import com.threadly.localstack.bootstrap.TopicCreator;
import com.threadly.localstack.process.ChildProcess;
import com.threadly.localstack.process.FreePorts;
import com.threadly.localstack.process.Watchdog;
import com.threadly.localstack.servers.KafkaCluster;
import com.threadly.localstack.servers.PostgresServer;
import com.threadly.localstack.servers.SchemaRegistry;
import com.threadly.pusherserver.PusherServer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The whole of Threadly on this machine: servers, topics, schemas and workers. All of it listens on loopback only, and
 * none of it outlives this process.
 *
 * <pre>{@code
 * try (LocalStack stack = LocalStack.start(StackOptions.defaults(), TerminalProgress.onStandardError())) {
 * System.out.println(stack.gateway());
 * }
 * }</pre>
 */
public final class LocalStack implements AutoCloseable {

    /** If this many attempts find their ports taken, more would not help. */
    private static final int ATTEMPTS = 3;

    private final RunningParts running;
    private final StackFolder folder;
    private final Addresses addresses;
    private final StackServers servers;
    private final Links links;
    private final Workers workers;
    private final Map<String, String> settings;

    private LocalStack(
            RunningParts running,
            StackFolder folder,
            Addresses addresses,
            StackServers servers,
            Links links,
            Workers workers,
            Map<String, String> settings) {
        this.running = running;
        this.folder = folder;
        this.addresses = addresses;
        this.servers = servers;
        this.links = links;
        this.workers = workers;
        this.settings = settings;
    }

    /**
     * Starts everything and returns once all of it is ready. When this process must end (Ctrl-C, SIGTERM), even during
     * the start, everything is stopped first. A stack that fails to start leaves its logs behind. If another program
     * takes a chosen port before it is used, everything starts again on other ports.
     */
    public static LocalStack start(StackOptions options, Progress progress) {
        return start(options, progress, () -> new FreePorts(new SecureRandom()));
    }

    /** The same, with ports from {@code freePorts}, called once per attempt. */
    static LocalStack start(StackOptions options, Progress progress, Supplier<FreePorts> freePorts) {
        Workers.requireJars(options);
        for (int attempt = 1; ; attempt++) {
            FreePorts ports = freePorts.get();
            StackFolder folder = StackFolder.of(options);
            RunningParts running = new RunningParts(progress);
            running.closeAtExit();
            try {
                return start(options, ports, folder, running, new StartUp(running, progress));
            } catch (Exception e) {
                folder.keepLogs();
                running.close();
                if (attempt == ATTEMPTS || ports.taken().isEmpty()) {
                    String logs =
                            Files.exists(folder.logs()) ? System.lineSeparator() + "All logs: " + folder.logs() : "";
                    throw new IllegalStateException("The stack did not start: " + e.getMessage() + logs, e);
                }
                folder.discardLogs();
                progress.startsAgain();
            }
        }
    }

    private static LocalStack start(
            StackOptions options, FreePorts ports, StackFolder folder, RunningParts running, StartUp startUp)
            throws Exception {
        Addresses addresses = new Addresses(options, ports);

        running.beginLayer();
        running.add("folder", folder);
        StackCredentials secrets = SecretsFile.of(folder, new SecureRandom());
        running.beginLayer();
        Watchdog watchdog = running.add("watchdog", Watchdog.start());
        StackContext stack = new StackContext(options, folder, addresses, ports, watchdog);

        running.beginLayer();
        StackServers servers = StackServers.start(stack, secrets.pusher(), startUp);
        startUp.step("topics and schemas", () -> {
            new TopicCreator(servers.kafka().bootstrapServers()).createAll();
            new SchemaRegistrar(servers.registry().url()).register();
            return addresses;
        });

        running.beginLayer();
        Links links = running.add("links", Links.to(servers, addresses, options.proxied()));
        running.beginLayer();
        Map<String, String> settings = WorkerSettings.of(addresses, secrets, links, servers.database());
        Workers workers = new Workers(stack, settings, running, startUp);
        workers.startOneOfEach();

        if (options.announced()) {
            running.beginLayer();
            running.add("running.properties", RunningFile.write(options.home(), settings, addresses));
        }
        return new LocalStack(running, folder, addresses, servers, links, workers, settings);
    }

    public String kafka() {
        return servers.kafka().bootstrapServers();
    }

    /** The brokers, for example to kill one. */
    public KafkaCluster brokers() {
        return servers.kafka();
    }

    /** The base of the registry's Confluent API. */
    public URI registry() {
        return servers.registry().url();
    }

    public SchemaRegistry schemaRegistry() {
        return servers.registry();
    }

    /** The connections between workers and servers. */
    public Links links() {
        return links;
    }

    public PusherServer pusher() {
        return servers.pusher();
    }

    public PostgresServer database() {
        return servers.database();
    }

    public URI gateway() {
        return addresses.gateway();
    }

    /** The origin of the live page, which the gateway accepts requests from. */
    public URI page() {
        return addresses.page();
    }

    /** The environment variables that workers need for this stack: addresses, credentials and secrets. */
    public Map<String, String> settings() {
        return settings;
    }

    /** The process of {@code worker}, for example to kill it. */
    public ChildProcess process(Worker worker) {
        return workers.process(worker);
    }

    /** Starts {@code worker} again once its process has ended, and returns when it is ready. */
    public ChildProcess restart(Worker worker) {
        return workers.restart(worker);
    }

    /** Starts one more process of {@code worker} beside the first, and returns when it is ready. */
    public ChildProcess startAnother(Worker worker) {
        return startAnother(worker, Map.of());
    }

    /** The same, with additional environment variables. */
    public ChildProcess startAnother(Worker worker, Map<String, String> own) {
        return workers.startAnother(worker, own);
    }

    /** The same, with the jar built in the folder {@code release} of another release. */
    public ChildProcess startAnother(Worker worker, Map<String, String> own, Path release) {
        return workers.startAnother(worker, own, release);
    }

    /** Keeps the logs of all parts when the stack closes, and returns their folder. */
    public Path keepLogs() {
        folder.keepLogs();
        return folder.logs();
    }

    /** Stops workers, then servers; returns when no process is left. */
    @Override
    public void close() {
        running.close();
    }
}
