package com.threadly.events;

/** A field of an event has an unusable value. The message names the field, not the value. */
public final class InvalidFieldException extends RuntimeException {

    public InvalidFieldException(String field, String reason) {
        super(field + " " + reason);
    }
}
