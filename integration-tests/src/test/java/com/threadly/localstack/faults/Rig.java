package com.threadly.localstack.faults;

import com.pusher.rest.Pusher;
import com.threadly.events.Topics;
import com.threadly.localstack.bootstrap.SchemaRegistrar;
import com.threadly.localstack.bootstrap.TopicCreator;
import com.threadly.localstack.testing.DeadLetterBox;
import com.threadly.localstack.testing.Servers;
import com.threadly.pusherserver.PusherApp;
import com.threadly.pusherserver.PusherServer;
import com.threadly.pusherserver.PusherServerOptions;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** The environment of one test: its own Pusher, topics, schemas, and what the test starts. */
final class Rig implements AutoCloseable {

    static final PusherApp APP = new PusherApp("threadly", "a-key", "a-secret-that-nobody-may-print");

    private static final int CONVERSATIONS = 20;

    private final Servers servers;
    private final String kafka;
    private final URI registry;
    private final PusherServer pusher = PusherServer.start(APP, PusherServerOptions.defaults());
    private final Pusher api = new Pusher(APP.id(), APP.key(), APP.secret());
    private final WorkerGroup group;
    private final List<Runnable> started = new ArrayList<>();

    private Rig(Servers servers, String kafka, URI registry) {
        this.servers = servers;
        this.kafka = kafka;
        this.registry = registry;
        this.group = new WorkerGroup(kafka);
        api.setHost(pusher.host() + ":" + pusher.port());
    }

    /** On the shared servers, with empty topics and an empty worker group. */
    static Rig on(Servers servers) throws Exception {
        return on(servers, servers.registry());
    }

    /** Like {@link #on(Servers)}, with a registry that the test may stop. */
    static Rig on(Servers servers, URI registry) throws Exception {
        var rig = new Rig(servers, servers.kafka(), registry);
        rig.createTopics();
        new SchemaRegistrar(registry).register();
        rig.group.awaitEmpty();
        rig.group.beginAnew();
        return rig;
    }

    /** On the test's own broker, without topics. */
    static Rig onBroker(Servers servers, String kafka) {
        return new Rig(servers, kafka, servers.registry());
    }

    void createTopics() {
        new TopicCreator(kafka)
                .create(List.of(
                        new TopicCreator.Reader(Topics.MESSAGE_EVENTS, WorkerProcess.NAME),
                        new TopicCreator.Reader(Topics.TYPING_EVENTS, WorkerProcess.NAME)));
    }

    TestConversations talk() {
        return closing(
                new TestConversations(
                        IntStream.range(0, CONVERSATIONS)
                                .mapToObj(_ -> servers.unique("talk"))
                                .toList(),
                        service(),
                        this),
                TestConversations::close);
    }

    MessageService service() {
        return service("none");
    }

    MessageService service(String compression) {
        return closing(new MessageService(kafka, registry, compression), MessageService::close);
    }

    DeadLetterBox deadLetters() {
        return new DeadLetterBox(kafka, WorkerProcess.DEAD_LETTERS);
    }

    WorkerProcess worker() {
        return worker(Map.of());
    }

    /** Launches a worker with {@code settings} overriding the usual ones. */
    WorkerProcess worker(Map<String, String> settings) {
        int adminPort = servers.ports().next();
        var environment = environment();
        environment.putAll(Map.of("ADMIN_HOST", "127.0.0.1", "ADMIN_PORT", Integer.toString(adminPort)));
        environment.putAll(settings);
        return closing(
                WorkerProcess.launch(environment, servers.log("worker"), adminPort, servers.watchdog()),
                WorkerProcess::close);
    }

    Visitor visitor(String protocol) {
        return new Visitor(protocol, kafka);
    }

    /** Runs the worker's program with {@code arguments}; it must exit with 0. */
    String run(String... arguments) throws IOException, InterruptedException {
        return WorkerProcess.run(environment(), arguments);
    }

    /** Runs a command of the worker that cannot do what it is asked. */
    void runRefused(String... arguments) throws IOException, InterruptedException {
        var _ = WorkerProcess.run(1, environment(), arguments);
    }

    private Map<String, String> environment() {
        return new HashMap<>(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS",
                kafka,
                "SCHEMA_REGISTRY_URL",
                registry.toString(),
                "PUSHER_APP_ID",
                APP.id(),
                "PUSHER_KEY",
                APP.key(),
                "PUSHER_SECRET",
                APP.secret(),
                "PUSHER_HOST",
                pusher.host() + ":" + pusher.port(),
                "PUSHER_TLS",
                "false",
                // Tests publish before they launch a worker, too.
                "START_AT",
                "earliest"));
    }

    PusherServer pusher() {
        return pusher;
    }

    Pusher api() {
        return api;
    }

    WorkerGroup group() {
        return group;
    }

    private <T> T closing(T resource, Consumer<T> close) {
        started.addLast(() -> close.accept(resource));
        return resource;
    }

    @Override
    public void close() {
        pusher.faults().clear();
        started.reversed().forEach(Runnable::run);
        group.close();
        pusher.close();
    }
}
