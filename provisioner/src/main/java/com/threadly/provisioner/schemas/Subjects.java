package com.threadly.provisioner.schemas;

import com.threadly.events.Topic;
import com.threadly.events.Topics;
import com.threadly.serde.NeutralSchema;
import com.threadly.serde.SubjectClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;

/** The subjects of the catalogue in a registry. */
public final class Subjects implements AutoCloseable {

    private final SubjectClient registry;

    private Subjects(SubjectClient registry) {
        this.registry = registry;
    }

    /** {@code serde} are the settings of a serde that uses the registry. */
    public static Subjects connect(Map<String, ?> serde) {
        return new Subjects(SubjectClient.connect(serde));
    }

    List<SubjectState> states() {
        return Topics.all().stream().map(this::state).toList();
    }

    /** Registers what is missing and sets each subject's compatibility level; leaves everything else alone. */
    public void register() {
        Topics.all().forEach(this::register);
    }

    private void register(Topic<?> topic) {
        SubjectState state = state(topic);
        // Existing versions decide what may follow; a registry may have no settings for a subject without versions.
        if (state.exists() && !state.isCompatibilityRight()) {
            registry.setCompatibility(state.subject(), SubjectState.WANTED);
        }
        if (!state.registered()) {
            registry.register(state.subject(), schema(topic));
        }
        if (!state.exists()) {
            registry.setCompatibility(state.subject(), SubjectState.WANTED);
        }
    }

    private SubjectState state(Topic<?> topic) {
        String subject = topic.subject();
        if (!registry.exists(subject)) {
            return new SubjectState(subject, false, false, List.of(), Optional.empty());
        }
        Schema schema = schema(topic);
        boolean registered = registry.holds(subject, schema);
        return new SubjectState(
                subject,
                true,
                registered,
                registered ? List.of() : registry.incompatibilities(subject, schema),
                registry.compatibility(subject));
    }

    private static Schema schema(Topic<?> topic) {
        return NeutralSchema.of(SpecificData.get().getSchema(topic.valueType()));
    }

    @Override
    public void close() {
        registry.close();
    }
}
