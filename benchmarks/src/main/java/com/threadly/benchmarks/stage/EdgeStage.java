package com.threadly.benchmarks.stage;

import com.threadly.benchmarks.peer.BareSigner;
import com.threadly.events.MessageSent;
import com.threadly.events.TopicReader;
import com.threadly.events.Topics;
import com.threadly.localstack.bootstrap.TopicCreator;
import com.threadly.localstack.process.Program;
import com.threadly.localstack.servers.PostgresServer;
import com.threadly.localstack.traffic.Emission;
import com.threadly.localstack.traffic.TrafficProducer;
import com.threadly.runtime.settings.KafkaSettings;
import com.threadly.runtime.settings.RegistrySettings;
import com.threadly.runtime.settings.Settings;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** What the gateway needs in addition to the stage, and the gateway or the bare route itself. */
public final class EdgeStage implements AutoCloseable {

    /** The key that signs tokens. */
    public static final String TOKEN_SECRET = "a secret of this benchmark and of nobody else";

    public static final String ISSUER = "bench";
    public static final String AUDIENCE = "gateway";

    private static final String UNLIMITED = "1000000";

    private final Stage stage;
    private final PostgresServer database;
    private final int port;

    /** Builds it with this many conversations, each between its own {@code user-N} and another user. */
    public EdgeStage(Stage stage, int conversations) {
        this.stage = stage;
        this.port = stage.freePort();
        this.database = PostgresServer.start(
                stage.home().resolve("local-stack/target/postgres"),
                stage.data().resolve("postgres"),
                stage.freePort(),
                stage.watchdog());
        new TopicCreator(stage.kafka()).createFor(TopicReader.GATEWAY);
        publish(conversations);
    }

    /** The address of the engine that was launched last. */
    public int port() {
        return port;
    }

    /** Our own jar, with all defaults except the rate limits. */
    public RunningEngine gateway() {
        return gateway(UNLIMITED);
    }

    /** The same with the default limit of a user; all callers have the same address. */
    public RunningEngine gatewayWithLimits() {
        return gateway("20");
    }

    private RunningEngine gateway(String perUser) {
        int adminPort = stage.freePort();
        return RunningEngine.launch(
                Program.ofJar(
                        "gateway",
                        stage.home().resolve("gateway/target/gateway.jar"),
                        JvmOptions.OURS,
                        Map.ofEntries(
                                Map.entry("KAFKA_BOOTSTRAP_SERVERS", stage.kafka()),
                                Map.entry(
                                        "SCHEMA_REGISTRY_URL", stage.registry().toString()),
                                Map.entry("DATABASE_URL", database.jdbcUrl()),
                                Map.entry("DATABASE_USER", database.user()),
                                Map.entry("DATABASE_PASSWORD", database.password()),
                                Map.entry("PUSHER_APP_ID", "app"),
                                Map.entry("PUSHER_KEY", "key"),
                                Map.entry("PUSHER_SECRET", "secret"),
                                Map.entry("AUTH_SECRET", TOKEN_SECRET),
                                Map.entry("AUTH_ISSUER", ISSUER),
                                Map.entry("AUTH_AUDIENCE", AUDIENCE),
                                Map.entry("RATE_LIMIT_USER", perUser),
                                Map.entry("RATE_LIMIT_ADDRESS", UNLIMITED),
                                Map.entry("HTTP_HOST", "127.0.0.1"),
                                Map.entry("HTTP_PORT", Integer.toString(port)),
                                Map.entry("ADMIN_HOST", "127.0.0.1"),
                                Map.entry("ADMIN_PORT", Integer.toString(adminPort))),
                        stage.log("gateway"),
                        adminPort),
                stage);
    }

    public RunningEngine bareSigner() {
        return RunningEngine.launch(
                new Program(
                        "bare-signer",
                        JvmOptions.OURS,
                        List.of("-cp", String.join(":", Stage.classPath()), BareSigner.class.getName()),
                        Map.of("HTTP_PORT", Integer.toString(port)),
                        stage.log("bare-signer"),
                        URI.create(String.format(Locale.ROOT, "http://127.0.0.1:%d/health/ready", port))),
                stage);
    }

    private void publish(int conversations) {
        var settings = Settings.of(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", stage.kafka(),
                "SCHEMA_REGISTRY_URL", stage.registry().toString()));
        try (var producer = new TrafficProducer(KafkaSettings.from(settings), RegistrySettings.from(settings))) {
            for (int i = 0; i < conversations; i++) {
                var _ = producer.publish(new Emission<>(Topics.MESSAGE_EVENTS, message(i)));
            }
            producer.flush();
        }
    }

    private static MessageSent message(int number) {
        return MessageSent.newBuilder()
                .setEventId(new UUID(0, number))
                .setOccurredAt(Instant.EPOCH)
                .setMessageId("message-" + number)
                .setConversationId("conversation-" + number)
                .setSenderId("user-" + number)
                .setRecipientIds(List.of("somebody"))
                .setContent("Is it still there?")
                .build();
    }

    @Override
    public void close() {
        database.close();
    }
}
