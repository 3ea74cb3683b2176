package com.threadly.serde;

import java.util.Map;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads events in Confluent's wire format. Set it as {@code value.deserializer}; {@link SerdeConfig} has its settings.
 */
public final class AvroDeserializer<T extends SpecificRecord> implements Deserializer<T> {

    private final @Nullable Class<T> expected;
    private @Nullable SchemaRegistryClient own;
    private @Nullable AvroDecoder decoder;

    /** For Kafka, which calls {@link #configure} next. Returns events of the type that each record names. */
    public AvroDeserializer() {
        this.expected = null;
    }

    /** Accepts events of one type only. Closing this deserializer leaves the registry client open. */
    public AvroDeserializer(SchemaRegistryClient registry, Class<T> expected) {
        this.decoder = new AvroDecoder(registry);
        this.expected = expected;
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        if (decoder == null) {
            own = SerdeConfig.of(configs).connect();
            decoder = new AvroDecoder(own);
        }
    }

    @Override
    @SuppressWarnings("unchecked") // Kafka creates deserializers by name: the configuration vouches for T.
    public @Nullable T deserialize(String topic, byte @Nullable [] record) {
        if (record == null) {
            return null;
        }
        AvroDecoder ready = Objects.requireNonNull(decoder, "call configure first");
        return expected == null ? (T) ready.decode(record) : ready.decode(record, expected);
    }

    @Override
    public void close() {
        if (own != null) {
            own.close();
        }
    }
}
