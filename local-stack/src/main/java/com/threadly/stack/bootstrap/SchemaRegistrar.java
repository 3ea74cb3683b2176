package com.threadly.stack.bootstrap;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.threadly.common.serde.NeutralSchema;
import com.threadly.events.Topic;
import com.threadly.events.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;

/** Registers the value schema of every topic, by Confluent's REST API. */
public final class SchemaRegistrar {

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

    private final URI registry;
    private final ObjectMapper json = new ObjectMapper();

    public SchemaRegistrar(URI registry) {
        this.registry = registry;
    }

    /** Registers what is missing; a schema that is already there is left alone. */
    public void register() {
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (Topic<?> topic : Topics.all()) {
                register(
                        client,
                        topic.subject(),
                        NeutralSchema.of(SpecificData.get().getSchema(topic.valueType())));
            }
        }
    }

    private void register(HttpClient client, String subject, Schema schema) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(registry + "/subjects/" + subject + "/versions"))
                    .timeout(ANSWER_LIMIT)
                    .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                    .POST(BodyPublishers.ofString(json.writeValueAsString(Map.of("schema", schema.toString()))))
                    .build();
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException("The registry at " + registry + " refused the schema of " + subject
                        + " with status " + response.statusCode() + ": " + response.body());
            }
        } catch (IOException e) {
            throw new IllegalStateException("The registry at " + registry + " did not take " + subject, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while schemas were registered", e);
        }
    }
}
