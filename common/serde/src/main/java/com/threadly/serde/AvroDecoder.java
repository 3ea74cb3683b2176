package com.threadly.serde;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificRecord;

/**
 * Decodes bytes in Confluent's wire format into this program's generated classes: fields that its schema adds take
 * their defaults, unknown enum symbols become the enum's default.
 *
 * <p>Allocation is bounded by the record's size: Avro checks every claimed length against the remaining bytes, and
 * {@link BoundedElements} the number of elements.
 * Thread-safe, also for virtual threads; keeps nothing per thread.
 */
public final class AvroDecoder {

    private static final int MAX_CAUSE_LENGTH = 200;

    private final SchemaRegistryClient registry;
    private final UnknownIds unknownIds;
    private final Memo<Integer, EventReader> readers = new Memo<>();

    /** The registry should cache; those of {@link SerdeConfig#connect} do. */
    public AvroDecoder(SchemaRegistryClient registry) {
        this.registry = registry;
        this.unknownIds = new UnknownIds(registry);
    }

    /**
     * Until the registry has resolved an id, looks for one that it can among {@code records}. Before that, an unknown id
     * is believed to be its record's fault only a few times: call it when {@link #decode(byte[])} says that the registry
     * may be the wrong one.
     */
    public void findKnownId(Iterable<byte[]> records) {
        Set<Integer> asked = new HashSet<>();
        for (byte[] record : records) {
            if (unknownIds.anyResolved()) {
                return;
            }
            try {
                int id = WireFormat.schemaId(record);
                if (asked.add(id)) {
                    fetch(id);
                }
            } catch (UndecodableException e) {
                // Decoding it decides about it.
            } catch (RegistryUnavailableException e) {
                return;
            }
        }
    }

    /**
     * The event in {@code record}, an instance of the generated class that its schema names.
     *
     * @throws UndecodableException if it holds none
     * @throws RegistryUnavailableException if its schema cannot be fetched now
     */
    public SpecificRecord decode(byte[] record) {
        return read(readerOf(WireFormat.schemaId(record)), record);
    }

    /** As {@link #decode(byte[])}, but an event of a type other than {@code expected} is undecodable too. */
    public <T extends SpecificRecord> T decode(byte[] record, Class<T> expected) {
        EventReader reader = readerOf(WireFormat.schemaId(record));
        if (!expected.isAssignableFrom(reader.type())) {
            throw new UndecodableException("The record holds " + reader.type().getName() + " where "
                    + expected.getName() + " belongs; its producer writes to the wrong topic");
        }
        return expected.cast(read(reader, record));
    }

    private EventReader readerOf(int schemaId) {
        try {
            return readers.get(schemaId, id -> EventReader.of(id, fetch(id)));
        } catch (UnknownIdException e) {
            // Here, for each record, as records that ask at the same time share one answer.
            throw unknownIds.judge(e);
        }
    }

    private Schema fetch(int id) {
        Schema schema = registry.schemaOf(id);
        unknownIds.resolved(id);
        return schema;
    }

    private static SpecificRecord read(EventReader reader, byte[] record) {
        // A new decoder per record costs a few dozen bytes; one per thread would outlive its use.
        BinaryDecoder decoder = DecoderFactory.get()
                .binaryDecoder(record, WireFormat.HEADER_BYTES, record.length - WireFormat.HEADER_BYTES, null);
        SpecificRecord event;
        boolean atEnd;
        try {
            event = reader.read(new BoundedElements(decoder));
            atEnd = decoder.isEnd();
        } catch (UndecodableException e) {
            throw e;
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // Avro throws many kinds of exceptions on garbage. The stack overflows when the writer's schema is
            // recursive and the bytes nest deeply; unwinding it leaves no partial state.
            throw undecodable(reader, e);
        }
        if (!atEnd) {
            throw new UndecodableException("The record has more bytes after its " + reader
                    + "; its producer must write one event per record, with the schema it names");
        }
        return event;
    }

    private static UndecodableException undecodable(EventReader reader, Throwable cause) {
        String why = String.valueOf(cause.getMessage());
        return new UndecodableException(
                "The record is not a valid " + reader + ": "
                        + cause.getClass().getSimpleName() + " "
                        + why.substring(0, Math.min(why.length(), MAX_CAUSE_LENGTH)),
                cause);
    }
}
