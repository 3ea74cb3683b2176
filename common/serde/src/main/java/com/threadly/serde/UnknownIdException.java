package com.threadly.serde;

/** The registry says that it has no schema with this id. {@link UnknownIds} decides whether that is the record's fault. */
final class UnknownIdException extends UndecodableException {

    UnknownIdException(String message) {
        super(message);
    }
}
