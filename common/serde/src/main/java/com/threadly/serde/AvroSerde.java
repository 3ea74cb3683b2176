package com.threadly.serde;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;

/** {@link AvroSerializer} and {@link AvroDeserializer} as a pair, for Kafka Streams. */
public final class AvroSerde<T extends SpecificRecord> extends Serdes.WrapperSerde<T> {

    /** For Kafka, which calls {@link #configure} next. */
    public AvroSerde() {
        super(new AvroSerializer<>(), new AvroDeserializer<>());
    }

    /** Accepts events of one type only. Closing this serde leaves the registry client open. */
    public AvroSerde(SchemaRegistryClient registry, Class<T> type) {
        super(new AvroSerializer<>(registry), new AvroDeserializer<>(registry, type));
    }
}
