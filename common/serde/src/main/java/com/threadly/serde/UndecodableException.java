package com.threadly.serde;

import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** These bytes will never be an event, however often they are read: put the record aside. */
public final class UndecodableException extends SerializationException {

    public UndecodableException(String message) {
        super(message);
    }

    public UndecodableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
