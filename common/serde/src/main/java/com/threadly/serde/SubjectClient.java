package com.threadly.serde;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.threadly.serde.RegistryTransport.Answer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.avro.Schema;

/** What a deployment does with a registry's subjects: asks what they hold, registers, and sets how they may change. */
public final class SubjectClient implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final RegistryTransport registry;

    private SubjectClient(RegistryTransport registry) {
        this.registry = registry;
    }

    /** A client of the registry that a serde's settings name. Asks nothing yet. */
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

    /** How {@code subject} may change, such as {@code FULL_TRANSITIVE}; empty when only the registry's default holds. */
    public Optional<String> compatibility(String subject) {
        Answer answer = registry.ask(config(subject), null);
        return found(answer)
                ? Optional.of(HttpRegistryClient.json(answer)
                        .path("compatibilityLevel")
                        .asText())
                : Optional.empty();
    }

    /** Why {@code schema} may not become the next version of {@code subject}, by the subject's own compatibility. */
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
        return messages.isEmpty() ? List.of("the registry does not say why") : messages;
    }

    /**
     * Makes {@code schema} a version of {@code subject}, if it is none.
     *
     * @throws SchemaRejectedException if it is not compatible
     */
    public void register(String subject, Schema schema) {
        new HttpRegistryClient(registry, true, System::nanoTime).idOf(subject, schema);
    }

    /** Sets how {@code subject} may change. */
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
        // With a code: a wrong base address or a proxy answers 404 too, and says nothing of the subject.
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
