package com.threadly.serde;

import org.apache.kafka.common.errors.SerializationException;

/** The registry refuses to give the writer's schema an id. Retrying does not help; someone must act. */
public final class SchemaRejectedException extends SerializationException {

    public SchemaRejectedException(String message) {
        super(message);
    }
}
