package com.threadly.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.threadly.localstack.subscribe.PusherEndpoint;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningStackTest {

    @TempDir
    private Path home = Path.of("");

    @BeforeEach
    void demoRuns() throws IOException {
        Files.createDirectories(RunningFile.of(home).getParent());
        Files.writeString(
                RunningFile.of(home),
                String.format(Locale.ROOT, """
                STACK_PID=%d
                KAFKA_BOOTSTRAP_SERVERS=127.0.0.1:9092
                GATEWAY_URL=http://127.0.0.1:8080
                PUSHER_KEY=key
                PUSHER_HOST=127.0.0.1:6001
                PUSHER_TLS=false
                """, ProcessHandle.current().pid()));
    }

    @Test
    void readsWhatTheDemoWroteDown() {
        RunningStack stack = new RunningStack(home, Map.of());

        assertThat(stack.brokers()).isEqualTo("127.0.0.1:9092");
        assertThat(stack.gateway()).isEqualTo(URI.create("http://127.0.0.1:8080"));
        assertThat(stack.pusher()).isEqualTo(new PusherEndpoint("key", "127.0.0.1", 6001, false));
    }

    @Test
    void theEnvironmentGoesFirst() {
        RunningStack stack = new RunningStack(
                home, Map.of("KAFKA_BOOTSTRAP_SERVERS", "broker:1", "PUSHER_HOST", "", "PUSHER_TLS", "true"));

        assertThat(stack.brokers()).isEqualTo("broker:1");
        assertThatThrownBy(stack::pusher)
                .isInstanceOf(NotRunningException.class)
                .hasMessageContaining("PUSHER_CLUSTER");
        assertThatThrownBy(stack::developmentSecret).hasMessageContaining("AUTH_DEVELOPMENT_SECRET is not set");
    }

    @Test
    void aClusterIsPushersOwn() {
        RunningStack stack =
                new RunningStack(home.resolve("elsewhere"), Map.of("PUSHER_KEY", "k", "PUSHER_CLUSTER", "eu"));

        assertThat(stack.pusher()).isEqualTo(new PusherEndpoint("k", "ws-eu.pusher.com", 443, true));
    }

    @Test
    void saysHowToGetAStackWhereThereIsNone() {
        RunningStack stack = new RunningStack(home.resolve("elsewhere"), Map.of());

        assertThatThrownBy(stack::producer)
                .isInstanceOf(NotRunningException.class)
                .hasMessageContaining("start ./threadly demo in another terminal")
                .hasMessageContaining("KAFKA_BOOTSTRAP_SERVERS is not set")
                .hasMessageContaining("SCHEMA_REGISTRY_URL is not set");
    }
}
