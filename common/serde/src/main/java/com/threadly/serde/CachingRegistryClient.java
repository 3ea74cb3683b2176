package com.threadly.serde;

import org.apache.avro.Schema;

/** Looks up each id and each schema once: the registry guarantees that neither ever changes. */
final class CachingRegistryClient implements SchemaRegistryClient {

    private record Registration(String subject, Schema schema) {}

    private final SchemaRegistryClient registry;
    private final Memo<Integer, Schema> schemas = new Memo<>();
    private final Memo<Registration, Integer> ids = new Memo<>();

    CachingRegistryClient(SchemaRegistryClient registry) {
        this.registry = registry;
    }

    @Override
    public int idOf(String subject, Schema schema) {
        return ids.get(new Registration(subject, schema), wanted -> registry.idOf(wanted.subject(), wanted.schema()));
    }

    @Override
    public Schema schemaOf(int id) {
        return schemas.get(id, registry::schemaOf);
    }

    @Override
    public boolean knows(int id) {
        return registry.knows(id);
    }

    @Override
    public void close() {
        registry.close();
    }

    @Override
    public String toString() {
        return registry.toString();
    }
}
