package com.threadly.payload;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import com.threadly.events.Topics;
import com.threadly.pusher.PushEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** The contract with browsers: the JSON Schema from which the client's types are generated. */
public final class PushedEventSchema {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectNode DOCUMENT = read();
    private static final Schema SCHEMA = SchemaRegistry.withDialect(Dialects.getDraft7())
            .getSchema(DOCUMENT.deepCopy().without("required"));

    private PushedEventSchema() {}

    /** Each of {@code samples} is valid, and each field of the schema occurs in one of them. */
    public static void describes(String eventName, List<PushEvent> samples) throws IOException {
        JsonNode described = followed(DOCUMENT.at("/properties/" + eventName));
        Set<String> occurring = new TreeSet<>();
        for (PushEvent sample : samples) {
            assertThat(sample.name()).isEqualTo(eventName);
            JsonNode data = JSON.readTree(sample.data());
            assertThat(SCHEMA.validate(JSON.createObjectNode().set(eventName, data)))
                    .as(sample.data())
                    .isEmpty();
            collect(described, data, "", occurring);
        }
        assertThat(occurring).isEqualTo(fields(described, ""));
    }

    private static void collect(JsonNode described, JsonNode data, String path, Set<String> found) {
        data.forEachEntry((name, value) -> {
            // Others are valid only where the schema says that there may be any.
            if (described.path("properties").has(name)) {
                found.add(path + name);
                collect(followed(described.path("properties").path(name)), value, path + name + ".", found);
            }
        });
    }

    private static Set<String> fields(JsonNode described, String path) {
        Set<String> fields = new TreeSet<>();
        described.path("properties").forEachEntry((name, field) -> {
            fields.add(path + name);
            fields.addAll(fields(followed(field), path + name + "."));
        });
        return fields;
    }

    private static JsonNode followed(JsonNode node) {
        JsonNode reference = node.path("$ref");
        return reference.isMissingNode()
                ? node
                : DOCUMENT.at(reference.textValue().substring(1));
    }

    private static ObjectNode read() {
        try (InputStream in = Topics.class.getResourceAsStream("pushed-events.schema.json")) {
            return (ObjectNode) JSON.readTree(Objects.requireNonNull(in, "the schema of pushed events"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
