package com.threadly.serde;

import org.apache.kafka.common.errors.SerializationException;

/** The registry refuses to give an id to the schema of what is written: trying again does not help, a person must act. */
public final class SchemaRejectedException extends SerializationException {

    public SchemaRejectedException(String message) {
        super(message);
    }
}
