package com.threadly.serde;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Confluent's frame: a zero byte, the schema id as four big-endian bytes, then Avro's binary encoding. */
final class WireFormat {

    static final byte MAGIC = 0;
    static final int HEADER_BYTES = 1 + Integer.BYTES;

    private WireFormat() {}

    /** The id of the schema that {@code record} was written with. */
    static int schemaId(byte[] record) {
        if (record.length < HEADER_BYTES) {
            throw new UndecodableException("The record has " + record.length + " bytes, fewer than the " + HEADER_BYTES
                    + " of Confluent's frame; its producer must write with a schema registry serializer");
        }
        if (record[0] != MAGIC) {
            throw new UndecodableException("The record starts with byte 0x"
                    + HexFormat.of().toHexDigits(record[0])
                    + ", Confluent's frame with 0x00; its producer must write with a schema registry serializer");
        }
        int id = ByteBuffer.wrap(record, 1, Integer.BYTES).getInt();
        if (id < 0) {
            throw new UndecodableException("The record names schema id " + id + ", and ids are positive");
        }
        return id;
    }

    static void begin(ByteArrayOutputStream record, int schemaId) {
        record.write(MAGIC);
        record.write(schemaId >>> 24);
        record.write(schemaId >>> 16);
        record.write(schemaId >>> 8);
        record.write(schemaId);
    }
}
