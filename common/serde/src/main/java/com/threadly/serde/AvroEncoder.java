package com.threadly.serde;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;

/** Encodes events in Confluent's wire format. Thread-safe; keeps nothing per thread. */
public final class AvroEncoder {

    private static final int USUAL_BYTES = 256;

    private record Target(String subject, Class<? extends SpecificRecord> type) {}

    private record EventWriter(int schemaId, DatumWriter<SpecificRecord> datums) {}

    private final SchemaRegistryClient registry;
    private final Memo<Target, EventWriter> writers = new Memo<>();

    /** The registry should cache; those of {@link SerdeConfig#connect} do. */
    public AvroEncoder(SchemaRegistryClient registry) {
        this.registry = registry;
    }

    /**
     * The bytes of {@code event}, with the id of its schema in {@code subject}.
     *
     * @throws SerializationException if a field that needs a value has none
     * @throws SchemaRejectedException if the registry refuses or does not know the schema
     * @throws RegistryUnavailableException if the id cannot be fetched now
     */
    public byte[] encode(String subject, SpecificRecord event) {
        EventWriter writer = writers.get(new Target(subject, event.getClass()), this::writerFor);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_BYTES);
        WireFormat.begin(bytes, writer.schemaId());
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            writer.datums().write(event, encoder);
            encoder.flush();
        } catch (IOException | AvroRuntimeException | NullPointerException | ClassCastException e) {
            throw new SerializationException(
                    "Cannot write " + event.getSchema().getFullName() + ": " + e.getMessage()
                            + "; give every field that is not nullable a value of its type",
                    e);
        }
        return bytes.toByteArray();
    }

    private EventWriter writerFor(Target target) {
        SpecificData data = EventData.of(target.type());
        var schema = data.getSchema(target.type());
        int id = registry.idOf(target.subject(), NeutralSchema.of(schema));
        return new EventWriter(id, new SpecificDatumWriter<>(schema, data));
    }
}
