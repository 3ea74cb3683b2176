package com.threadly.serde;

import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/** The schema registry gave no answer about the record: keep the record and try again later. */
public sealed class RegistryUnavailableException extends RetriableException permits ForeignRegistryException {

    public RegistryUnavailableException(String message) {
        super(message);
    }

    public RegistryUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
