package com.threadly.serde;

import org.apache.avro.Schema;

/** What the serde needs of a schema registry. Safe for use by many threads. */
public interface SchemaRegistryClient extends AutoCloseable {

    /**
     * The id of {@code schema} under {@code subject}, registering it first where that is allowed.
     *
     * @throws SchemaRejectedException if the registry does not take or know it
     * @throws RegistryUnavailableException if the registry cannot say
     */
    int idOf(String subject, Schema schema);

    /**
     * The schema with this id.
     *
     * @throws UndecodableException if the registry knows no such id, or what it knows is no Avro schema
     * @throws RegistryUnavailableException if the registry cannot say
     */
    Schema schemaOf(int id);

    @Override
    void close();
}
