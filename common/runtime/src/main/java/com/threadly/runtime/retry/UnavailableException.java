package com.threadly.runtime.retry;

import com.threadly.runtime.settings.Secrets;

/** A dependency, such as the database, is temporarily unavailable. The message shows no secrets. */
public class UnavailableException extends Exception {

    public UnavailableException(String message) {
        super(message);
    }

    public UnavailableException(String message, Throwable cause) {
        super(Secrets.masked(message), cause);
    }
}
