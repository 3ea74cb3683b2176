package com.threadly.serde;

import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;
import org.apache.avro.specific.SpecificData;

/** A registry that knows one schema. */
record OneSchema(int id, Schema schema) implements SchemaRegistryClient {

    OneSchema(int id, Class<?> type) {
        this(id, NeutralSchema.of(SpecificData.get().getSchema(type)));
    }

    OneSchema(int id, String json) {
        this(id, new SchemaParser().parse(json).mainSchema());
    }

    @Override
    public int idOf(String subject, Schema wanted) {
        if (wanted.equals(schema)) {
            return id;
        }
        throw new SchemaRejectedException(subject + " has another schema than " + wanted);
    }

    @Override
    public Schema schemaOf(int wanted) {
        if (wanted == id) {
            return schema;
        }
        throw new UndecodableException("no schema " + wanted);
    }

    @Override
    public boolean knows(int wanted) {
        return wanted == id;
    }

    @Override
    public void close() {}
}
