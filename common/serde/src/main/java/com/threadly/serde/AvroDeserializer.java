package com.threadly.serde;

import java.util.Map;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads events in Confluent's wire format; named in {@code value.deserializer} and set up by {@link SerdeConfig}'s keys.
 */
public final class AvroDeserializer<T extends SpecificRecord> implements Deserializer<T> {

    private final @Nullable Class<T> expected;
    private @Nullable SchemaRegistryClient own;
    private @Nullable AvroDecoder decoder;

    /** For Kafka, which calls {@link #configure} next. Gives events of whichever type the records name. */
    public AvroDeserializer() {
        this.expected = null;
    }

    /** Takes events of one type only, over a registry client that closing this deserializer leaves open. */
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
    @SuppressWarnings("unchecked") // Kafka makes deserializers by name: who chose this one vouches for T.
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
