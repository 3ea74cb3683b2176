package com.threadly.benchmarks.stage;

import com.threadly.benchmarks.peer.WindowedCount;
import com.threadly.localstack.process.Program;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A program that counts the viewers of channels. */
public enum PresenceEngine {
    OURS("presence-aggregator", "60s"),
    /** The same windows: the ceiling. */
    HOPPING_COUNT("count(), hopping windows", "60s"),
    /** Less than required: one window per event. */
    TUMBLING_COUNT("count(), tumbling windows", "10s");

    private static final String WORKER = "presence-aggregator";
    private static final String JAR = WORKER + "/target/" + WORKER + ".jar";

    private final String title;
    private final String window;

    PresenceEngine(String title, String window) {
        this.title = title;
        this.window = window;
    }

    public String title() {
        return title;
    }

    /** Its consumer group, after which its internal topics are named. */
    String group() {
        return this == OURS ? WORKER : "windowed-count-" + window;
    }

    Program program(Stage stage, Path state) {
        var environment = new HashMap<>(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS",
                stage.kafka(),
                "SCHEMA_REGISTRY_URL",
                stage.registry().toString(),
                "STATE_DIR",
                state.toString(),
                // As docs/operating.md advises.
                "MALLOC_ARENA_MAX",
                "2"));
        if (this == OURS) {
            environment.put("START_AT", "earliest");
            int adminPort = stage.freePort();
            environment.putAll(Map.of(
                    "ADMIN_HOST", "127.0.0.1",
                    "ADMIN_PORT", Integer.toString(adminPort),
                    "PUSHER_APP_ID", "app",
                    "PUSHER_KEY", "key",
                    "PUSHER_SECRET", "secret",
                    "PUSHER_HOST", stage.stub().address(),
                    "PUSHER_TLS", "false"));
            return Program.ofJar(
                    WORKER, stage.home().resolve(JAR), JvmOptions.PRESENCE, environment, stage.log(WORKER), adminPort);
        }
        environment.putAll(Map.of("GROUP", group(), "WINDOW", window));
        return new Program(
                group(),
                JvmOptions.PRESENCE,
                List.of("-cp", String.join(":", Stage.classPath()), WindowedCount.class.getName()),
                environment,
                stage.log(group()),
                URI.create("http://" + stage.stub().address()));
    }
}
