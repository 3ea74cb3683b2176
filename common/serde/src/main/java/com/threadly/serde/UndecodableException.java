package com.threadly.serde;

import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** These bytes can never be decoded: send the record to the dead letter topic. */
public sealed class UndecodableException extends SerializationException permits UnknownIdException {

    public UndecodableException(String message) {
        super(message);
    }

    public UndecodableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
