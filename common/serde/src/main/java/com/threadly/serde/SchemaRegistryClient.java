package com.threadly.serde;

import org.apache.avro.Schema;

/** What the serde needs from a schema registry. Thread-safe. */
public interface SchemaRegistryClient extends AutoCloseable {

    /**
     * The id of {@code schema} under {@code subject}, registering it first where that is allowed.
     *
     * @throws SchemaRejectedException if the registry refuses or does not know it
     * @throws RegistryUnavailableException if the registry does not answer
     */
    int idOf(String subject, Schema schema);

    /**
     * The schema with this id.
     *
     * @throws UndecodableException if the registry does not know the id, or its schema is not Avro
     * @throws RegistryUnavailableException if the registry does not answer
     */
    Schema schemaOf(int id);

    /**
     * Whether the registry knows this id now; asks even if it did before.
     *
     * @throws RegistryUnavailableException if the registry does not answer
     */
    boolean knows(int id);

    @Override
    void close();
}
