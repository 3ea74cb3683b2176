package com.threadly.common.pipeline;

/** Something that a handler needs is down for now, such as its database. */
public class UnavailableException extends Exception {

    public UnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
