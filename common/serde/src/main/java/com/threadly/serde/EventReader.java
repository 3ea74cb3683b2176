package com.threadly.serde;

import java.io.IOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.FastReaderBuilder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Reads data written with one schema into the generated class with that schema's name.
 *
 * @param writerId the writer schema's id, for messages
 * @param datums resolved once; keeps no state while reading, unlike {@code GenericDatumReader}, which keeps a resolver
 *     per thread and schema
 */
record EventReader(int writerId, Class<? extends SpecificRecord> type, DatumReader<SpecificRecord> datums) {

    static EventReader of(int writerId, Schema writer) {
        Class<? extends SpecificRecord> type = generatedClass(writerId, writer);
        SpecificData data = EventData.of(type);
        LogicalTypeDifference.between(writer, data.getSchema(type)).ifPresent(difference -> {
            throw new UndecodableException("Schema id " + writerId + " cannot be read as " + type.getName() + ": "
                    + difference + "; register a schema with the same logical type");
        });
        try {
            return new EventReader(
                    writerId, type, new FastReaderBuilder(data).createDatumReader(writer, data.getSchema(type)));
        } catch (IOException | AvroRuntimeException e) {
            throw new UndecodableException(
                    "Schema id " + writerId + " cannot be read as " + type.getName()
                            + "; register a schema that is compatible with it",
                    e);
        }
    }

    SpecificRecord read(Decoder decoder) throws IOException {
        return datums.read(null, decoder);
    }

    private static Class<? extends SpecificRecord> generatedClass(int writerId, Schema writer) {
        if (writer.getType() != Schema.Type.RECORD) {
            throw new UndecodableException("Schema id " + writerId + " is not a record but " + writer.getType());
        }
        try {
            // Do not initialize it before we know that it is ours: the name comes from outside.
            return Class.forName(SpecificData.getClassName(writer), false, EventReader.class.getClassLoader())
                    .asSubclass(SpecificRecord.class);
        } catch (ClassNotFoundException | ClassCastException | LinkageError e) {
            throw new UndecodableException(
                    "This program has no event class " + writer.getFullName() + ", which schema id " + writerId
                            + " names; its producer writes to the wrong topic, or this program is older than the event",
                    e);
        }
    }

    @Override
    public String toString() {
        return type.getSimpleName() + " of schema id " + writerId;
    }
}
