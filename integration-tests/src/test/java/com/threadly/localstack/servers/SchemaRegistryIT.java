package com.threadly.localstack.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.threadly.localstack.process.FreePorts;
import com.threadly.localstack.process.Watchdog;
import com.threadly.localstack.testing.Servers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaRegistryIT {

    private static final String LETTER = """
            {"schema": "{\\"type\\":\\"record\\",\\"name\\":\\"Letter\\",\\"fields\\":[{\\"name\\":\\"text\\",\\"type\\":\\"string\\"}]}"}""";
    private static final String INCOMPATIBLE = LETTER.replace("\\\"string\\\"", "\\\"int\\\"");

    private final FreePorts ports = new FreePorts(RandomGenerator.getDefault());
    private final Watchdog watchdog = Watchdog.start();
    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        client.close();
        watchdog.close();
    }

    @Test
    void keepsSchemasAndTheirIdsAcrossARestartAndRefusesIncompatibleOnes() throws Exception {
        String id;
        ProcessHandle process;
        try (SchemaRegistry registry = start(Servers.registryProgram())) {
            process = ProcessHandle.of(registry.process().pid()).orElseThrow();
            id = register(registry, LETTER).body();
            assertThat(id).contains("\"id\":");
            assertThat(register(registry, INCOMPATIBLE).statusCode()).isEqualTo(409);
        }
        assertThat(process.isAlive()).isFalse();

        try (SchemaRegistry registry = start(Servers.registryProgram())) {
            HttpResponse<String> latest = client.send(
                    HttpRequest.newBuilder(URI.create(registry.url() + "/subjects/letters-value/versions/latest"))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(latest.body()).contains("Letter");
            assertThat(register(registry, LETTER).body()).isEqualTo(id);
        }
    }

    @Test
    void saysHowToGetTheProgramWhenItIsMissing() {
        assertThatThrownBy(() -> start(folder.resolve("nowhere"))).hasMessageContaining("mvn -pl local-stack");
    }

    private SchemaRegistry start(Path program) {
        return SchemaRegistry.start(
                program, folder.resolve("data"), ports.next(), folder.resolve("registry.log"), watchdog);
    }

    private HttpResponse<String> register(SchemaRegistry registry, String schema) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(registry.url() + "/subjects/letters-value/versions"))
                        .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                        .POST(BodyPublishers.ofString(schema))
                        .build(),
                BodyHandlers.ofString());
    }
}
