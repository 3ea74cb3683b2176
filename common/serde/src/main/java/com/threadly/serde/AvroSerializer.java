package com.threadly.serde;

import java.util.Map;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes events in Confluent's wire format. Set it as {@code value.serializer}; {@link SerdeConfig} has its settings.
 */
public final class AvroSerializer<T extends SpecificRecord> implements Serializer<T> {

    private @Nullable SchemaRegistryClient own;
    private @Nullable AvroEncoder encoder;
    private String suffix = "-value";

    /** For Kafka, which calls {@link #configure} next. */
    public AvroSerializer() {}

    /** Uses a shared registry client, which closing this serializer leaves open. */
    public AvroSerializer(SchemaRegistryClient registry) {
        this.encoder = new AvroEncoder(registry);
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        suffix = isKey ? "-key" : "-value";
        if (encoder == null) {
            own = SerdeConfig.of(configs).connect();
            encoder = new AvroEncoder(own);
        }
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable T event) {
        if (event == null) {
            return null;
        }
        return Objects.requireNonNull(encoder, "call configure first").encode(topic + suffix, event);
    }

    @Override
    public void close() {
        if (own != null) {
            own.close();
        }
    }
}
