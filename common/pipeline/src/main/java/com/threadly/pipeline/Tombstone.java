package com.threadly.pipeline;

import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * The event of a record without a value: its key was removed. Only a handler of topics that {@link
 * PipelineBuilder#withTombstonesOf} names gets it; other pipelines skip such records.
 */
public final class Tombstone extends SpecificRecordBase {

    private static final Schema SCHEMA =
            SchemaBuilder.record("Tombstone").fields().endRecord();

    static final Tombstone INSTANCE = new Tombstone();

    /** For tests of handlers; it has no content. */
    public Tombstone() {}

    @Override
    public Schema getSchema() {
        return SCHEMA;
    }

    @Override
    public Object get(int field) {
        throw new IndexOutOfBoundsException(field);
    }

    @Override
    public void put(int field, Object value) {
        throw new IndexOutOfBoundsException(field);
    }
}
