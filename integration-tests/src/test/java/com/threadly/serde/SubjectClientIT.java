package com.threadly.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.threadly.localstack.testing.Servers;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Subjects of the real registry. */
@ExtendWith(Servers.Extension.class)
class SubjectClientIT {

    private static final Schema FIRST =
            SchemaBuilder.record("Parcel").fields().requiredString("id").endRecord();
    private static final Schema GROWN = SchemaBuilder.record("Parcel")
            .fields()
            .requiredString("id")
            .optionalString("note")
            .endRecord();
    private static final Schema BROKEN = SchemaBuilder.record("Parcel")
            .fields()
            .requiredString("id")
            .requiredLong("weight")
            .endRecord();

    @Test
    void takesWhatOldAndNewReadersUnderstandAndRefusesTheRest(Servers servers) {
        String subject = servers.unique("parcels") + "-value";
        try (var registry = SubjectClient.connect(
                Map.of("schema.registry.url", servers.registry().toString()))) {
            assertThat(registry.exists(subject)).isFalse();

            registry.register(subject, FIRST);
            registry.setCompatibility(subject, "FULL_TRANSITIVE");

            assertThat(registry.exists(subject)).isTrue();
            assertThat(registry.compatibility(subject)).contains("FULL_TRANSITIVE");
            assertThat(registry.holds(subject, FIRST)).isTrue();
            assertThat(registry.holds(subject, GROWN)).isFalse();
            assertThat(registry.incompatibilities(subject, GROWN)).isEmpty();
            assertThat(registry.incompatibilities(subject, BROKEN)).isNotEmpty();
            assertThatThrownBy(() -> registry.register(subject, BROKEN)).isInstanceOf(SchemaRejectedException.class);

            registry.register(subject, GROWN);

            assertThat(registry.holds(subject, GROWN)).isTrue();
        }
    }
}
