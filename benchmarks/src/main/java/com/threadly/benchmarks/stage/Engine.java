package com.threadly.benchmarks.stage;

import com.threadly.benchmarks.peer.BareLoop;
import com.threadly.benchmarks.peer.ParallelConsumer;
import com.threadly.benchmarks.peer.SpringBatch;
import com.threadly.benchmarks.peer.TriggerARecord;
import com.threadly.fanout.Main;
import com.threadly.localstack.process.Program;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A program that pushes messages from the topic to Pusher. */
public enum Engine {
    OURS("message-fanout-worker", Main.class),
    /** No Kafka: the ceiling for all others. */
    BARE_LOOP("bare loop", BareLoop.class),
    TRIGGER_A_RECORD("one trigger per record", TriggerARecord.class),
    SPRING_BATCH("Spring Kafka batch", SpringBatch.class),
    PARALLEL_CONSUMER("Parallel Consumer", ParallelConsumer.class);

    /** Requests in flight, for engines that support many. */
    public static final int SLOTS = 128;

    private static final String OUR_JAR = "message-fanout-worker/target/message-fanout-worker.jar";
    /** More than any conversation here sends, so that the throttle has no effect. */
    private static final String NO_THROTTLE = "1000000";

    private final String title;
    private final Class<?> main;

    Engine(String title, Class<?> main) {
        this.title = title;
        this.main = main;
    }

    public String title() {
        return title;
    }

    /** Whether it promises the order of a conversation's messages. */
    public boolean promisesOrder() {
        return this != BARE_LOOP;
    }

    String group() {
        return this == OURS ? "message-fanout-worker" : name().toLowerCase(Locale.ROOT);
    }

    Program program(Stage stage, CorpusPlan plan) {
        return program(stage, plan, SLOTS, group());
    }

    /** With {@code slots} requests in flight; {@code name} names its log. */
    Program program(Stage stage, CorpusPlan plan, int slots, String name) {
        var environment = new HashMap<>(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS",
                stage.kafka(),
                "SCHEMA_REGISTRY_URL",
                stage.registry().toString(),
                "PUSHER_APP_ID",
                "app",
                "PUSHER_KEY",
                "key",
                "PUSHER_SECRET",
                "secret",
                "PUSHER_HOST",
                stage.stub().address(),
                "PUSHER_TLS",
                "false",
                "PUSH_MAX_IN_FLIGHT",
                Integer.toString(slots),
                "CONVERSATION_RATE",
                NO_THROTTLE));
        if (this == OURS) {
            int adminPort = stage.freePort();
            environment.putAll(Map.of(
                    "ADMIN_HOST", "127.0.0.1", "ADMIN_PORT", Integer.toString(adminPort), "START_AT", "earliest"));
            return Program.ofJar(
                    name, stage.home().resolve(OUR_JAR), JvmOptions.OURS, environment, stage.log(name), adminPort);
        }
        environment.putAll(Map.of("GROUP", group(), "CONVERSATIONS", Integer.toString(plan.conversations())));
        return new Program(
                name,
                JvmOptions.PEERS,
                List.of("-cp", String.join(":", Stage.classPath()), main.getName()),
                environment,
                stage.log(name),
                URI.create("http://" + stage.stub().address()));
    }
}
