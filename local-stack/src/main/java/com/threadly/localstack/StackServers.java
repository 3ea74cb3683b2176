package com.threadly.localstack;

import com.threadly.localstack.servers.KafkaCluster;
import com.threadly.localstack.servers.PostgresServer;
import com.threadly.localstack.servers.SchemaRegistry;
import com.threadly.pusherserver.PusherApp;
import com.threadly.pusherserver.PusherServer;
import com.threadly.pusherserver.PusherServerOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;

/** The servers that the workers use. */
record StackServers(KafkaCluster kafka, SchemaRegistry registry, PostgresServer database, PusherServer pusher) {

    /** Pusher's Java client answers no ping as long as it receives anything. */
    private static final Duration PONG_TIMEOUT = Duration.ofDays(1);

    static StackServers start(StackContext stack, PusherApp app, StartUp startUp) throws Exception {
        Path target = stack.options().target();
        StackFolder folder = stack.folder();
        Addresses addresses = stack.addresses();
        // The registry first: it takes longest.
        FutureTask<SchemaRegistry> registry = startUp.part(
                "schema registry",
                () -> SchemaRegistry.start(
                        target.resolve("registry"),
                        folder.of("registry"),
                        addresses.port(Port.SCHEMA_REGISTRY),
                        folder.log("registry"),
                        stack.watchdog()));
        FutureTask<KafkaCluster> kafka = startUp.part(
                stack.options().brokers() == 1 ? "Kafka broker" : "Kafka brokers",
                () -> KafkaCluster.start(folder.of("kafka"), addresses.brokers(), folder.logs(), stack.watchdog()));
        FutureTask<PostgresServer> database = startUp.part(
                "PostgreSQL",
                () -> PostgresServer.start(
                        target.resolve("postgres"),
                        folder.of("postgres"),
                        folder.log("postgres"),
                        addresses.port(Port.DATABASE),
                        stack.watchdog()));
        FutureTask<PusherServer> pusher = startUp.part(
                "Pusher server",
                () -> PusherServer.start(
                        app,
                        PusherServerOptions.defaults()
                                .withTimeouts(PusherServerOptions.defaults().activityTimeout(), PONG_TIMEOUT)
                                .withPort(addresses.port(Port.PUSHER))
                                .withWebhooks(List.of(addresses.webhooks()))));
        StartUp.await(List.of(registry, kafka, database, pusher));
        return new StackServers(kafka.get(), registry.get(), database.get(), pusher.get());
    }
}
