package com.threadly.runtime.retry;

import com.threadly.runtime.settings.Secrets;

/** Something that a handler needs is down for now, such as its database. Its message shows no secrets. */
public class UnavailableException extends Exception {

    public UnavailableException(String message) {
        super(message);
    }

    public UnavailableException(String message, Throwable cause) {
        super(Secrets.masked(message), cause);
    }
}
