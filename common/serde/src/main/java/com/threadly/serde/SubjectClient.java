package com.threadly.serde;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.threadly.serde.RegistryTransport.Answer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.avro.Schema;

/** Manages a registry's subjects for a deployment: reads, registers, sets compatibility. */
public final class SubjectClient implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final RegistryTransport registry;

    private SubjectClient(RegistryTransport registry) {
        this.registry = registry;
    }

    /** A client of the registry in a serde's settings. Sends nothing yet. */
    public static SubjectClient connect(Map<String, ?> serde) {
        return new SubjectClient(SerdeConfig.of(serde).transport());
    }

    /** Whether anything is registered under {@code subject}. */
    public boolean exists(String subject) {
        return found(registry.ask(HttpRegistryClient.path(subject) + "/versions", null));
    }

    /** Whether {@code schema} is a version of {@code subject}. */
    public boolean holds(String subject, Schema schema) {
        return found(registry.ask(HttpRegistryClient.path(subject), question(schema)));
    }

    /**
     * The compatibility of {@code subject}, such as {@code FULL_TRANSITIVE}; empty when the registry's default applies.
     */
    public Optional<String> compatibility(String subject) {
        Answer answer = registry.ask(config(subject), null);
        return found(answer)
                ? Optional.of(HttpRegistryClient.json(answer)
                        .path("compatibilityLevel")
                        .asText())
                : Optional.empty();
    }

    /** Why {@code schema} cannot become the next version of {@code subject} under the subject's compatibility. */
    public List<String> incompatibilities(String subject, Schema schema) {
        Answer answer = registry.ask(
                "/compatibility" + HttpRegistryClient.path(subject) + "/versions?verbose=true", question(schema));
        if (answer.status() != 200) {
            throw HttpRegistryClient.useless(answer);
        }
        JsonNode verdict = HttpRegistryClient.json(answer);
        if (verdict.path("is_compatible").asBoolean()) {
            return List.of();
        }
        List<String> messages = StreamSupport.stream(verdict.path("messages").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        return messages.isEmpty() ? List.of("the registry gave no reason") : messages;
    }

    /**
     * Registers {@code schema} as a version of {@code subject}, unless it is one.
     *
     * @throws SchemaRejectedException if it is not compatible
     */
    public void register(String subject, Schema schema) {
        new HttpRegistryClient(registry, true, System::nanoTime).idOf(subject, schema);
    }

    /** Sets the compatibility of {@code subject}. */
    public void setCompatibility(String subject, String level) {
        Answer answer = registry.put(
                config(subject),
                JSON.createObjectNode().put("compatibility", level).toString());
        if (answer.status() != 200) {
            throw HttpRegistryClient.useless(answer);
        }
    }

    private static boolean found(Answer answer) {
        if (answer.status() == 200) {
            return true;
        }
        // Check the code: a wrong base address or a proxy answers 404 too, which says nothing about the subject.
        if (answer.status() == 404 && HttpRegistryClient.json(answer).has("error_code")) {
            return false;
        }
        throw HttpRegistryClient.useless(answer);
    }

    private static String config(String subject) {
        return HttpRegistryClient.path(subject).replaceFirst("/subjects", "/config");
    }

    private static String question(Schema schema) {
        return JSON.createObjectNode().put("schema", schema.toString()).toString();
    }

    @Override
    public void close() {
        registry.close();
    }
}
