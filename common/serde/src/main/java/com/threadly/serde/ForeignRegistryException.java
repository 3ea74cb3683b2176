package com.threadly.serde;

/** The registry answers, but does not know the schemas of these records: it is empty, behind, or another one. */
public final class ForeignRegistryException extends RegistryUnavailableException {

    ForeignRegistryException(String message) {
        super(message);
    }
}
