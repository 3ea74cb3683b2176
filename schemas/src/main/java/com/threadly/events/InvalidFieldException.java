package com.threadly.events;

/** A field of an event has a value that nothing can be done with. The message names the field, not its value. */
public final class InvalidFieldException extends RuntimeException {

    public InvalidFieldException(String field, String reason) {
        super(field + " " + reason);
    }
}
