package com.threadly.benchmarks.stage;

import com.threadly.benchmarks.stub.Stub;
import com.threadly.events.Topics;
import com.threadly.localstack.bootstrap.SchemaRegistrar;
import com.threadly.localstack.bootstrap.TopicCreator;
import com.threadly.localstack.process.FreePorts;
import com.threadly.localstack.process.Watchdog;
import com.threadly.localstack.servers.KafkaBroker;
import com.threadly.localstack.servers.SchemaRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One broker, one registry and one stub for a whole run. */
public final class Stage implements AutoCloseable {

    private static final int LINGER_MS = 5;

    private final Path home;
    private final Path data;
    private final Path logs;
    private final FreePorts ports = new FreePorts(RandomGenerator.getDefault());
    private final Deque<Runnable> parts = new ArrayDeque<>();
    private final Watchdog watchdog;
    private final String kafka;
    private final URI registry;
    private final WaitingTopic topic;
    private final Stub stub;

    private Stage(Path home, Path data) {
        this.home = home;
        this.data = data;
        this.logs = home.resolve("benchmarks/target/logs");
        this.watchdog = closing(Watchdog.start(), Watchdog::close);
        this.kafka = closing(KafkaBroker.start(data.resolve("kafka"), ports.next(), ports.next()), KafkaBroker::close)
                .bootstrapServers();
        this.registry = closing(
                        SchemaRegistry.start(
                                home.resolve("local-stack/target/registry"),
                                data.resolve("registry"),
                                ports.next(),
                                logs.resolve("registry.log"),
                                watchdog),
                        SchemaRegistry::close)
                .url();
        this.stub = closing(Stub.start(classPath(), ports.next(), logs.resolve("stub.log"), watchdog), Stub::close);
        new TopicCreator(kafka)
                .create(List.of(
                        new TopicCreator.Reader(Topics.MESSAGE_EVENTS, Engine.OURS.group()),
                        new TopicCreator.Reader(Topics.TYPING_EVENTS, Engine.OURS.group())));
        new SchemaRegistrar(registry).register();
        this.topic = closing(new WaitingTopic(Topics.MESSAGE_EVENTS, kafka), WaitingTopic::close);
    }

    /**
     * Builds the stage.
     *
     * @param home the checkout, built
     */
    public static Stage set(Path home) throws IOException {
        Path data = Files.createTempDirectory(home.resolve("benchmarks/target"), "stage");
        return new Stage(home, data);
    }

    private <T> T closing(T part, Consumer<T> close) {
        parts.push(() -> close.accept(part));
        return part;
    }

    /** Replaces the topic's records with the messages of {@code plan}. */
    public Corpus write(CorpusPlan plan) throws ExecutionException, InterruptedException {
        Corpus corpus = emptied(plan);
        fill(plan);
        return corpus;
    }

    /** Adds the messages of {@code plan} to the topic. */
    public void fill(CorpusPlan plan) {
        // The producer's own thread would only log what its callback throws.
        var failure = new AtomicReference<@Nullable Exception>();
        try (var writer = new CorpusWriter(plan, kafka, registry, LINGER_MS)) {
            for (int i = 0; i < plan.messages(); i++) {
                writer.write((_, failed) -> failure.compareAndSet(null, failed));
            }
            writer.flush();
        }
        if (failure.get() != null) {
            throw new IllegalStateException("the broker does not accept messages", failure.get());
        }
    }

    /** Empties the topic, for messages that are written while an engine runs. */
    public Corpus emptied(CorpusPlan plan) throws ExecutionException, InterruptedException {
        return new Corpus(plan, topic.emptied());
    }

    /** Publishes messages at a pace. */
    public PacedWriter paced(CorpusPlan plan) {
        return new PacedWriter(new CorpusWriter(plan, kafka, registry, 0), plan.messages());
    }

    /** Resets {@code engine} to the first message of {@code corpus}; returns once its group is empty. */
    public RunningEngine launch(Engine engine, Corpus corpus) throws ExecutionException, InterruptedException {
        topic.rewind(engine.group(), corpus.begin());
        return RunningEngine.launch(engine, this, corpus.plan());
    }

    /** Resets the worker's group to the first message of {@code corpus}; returns once it is empty. */
    public void rewind(Corpus corpus) throws ExecutionException, InterruptedException {
        topic.rewind(Engine.OURS.group(), corpus.begin());
    }

    /** Another fan-out worker of the same group, with {@code slots} requests in flight; {@code name} names its log. */
    public RunningEngine launchFanout(CorpusPlan plan, int slots, String name) {
        return RunningEngine.launch(Engine.OURS.program(this, plan, slots, name), this);
    }

    public Stub stub() {
        return stub;
    }

    Path data() {
        return data;
    }

    Path home() {
        return home;
    }

    Path log(String name) {
        return logs.resolve(name + ".log");
    }

    String kafka() {
        return kafka;
    }

    URI registry() {
        return registry;
    }

    Watchdog watchdog() {
        return watchdog;
    }

    int freePort() {
        return ports.next();
    }

    /** This program's own class path, for its other processes. */
    static List<String> classPath() {
        return List.of(System.getProperty("java.class.path"));
    }

    @Override
    public void close() {
        parts.forEach(Runnable::run);
    }
}
