package com.threadly.database;

import com.threadly.runtime.retry.UnavailableException;

/** A statement exceeded the statement timeout; a smaller one may succeed. */
public final class TimedOutException extends UnavailableException {

    TimedOutException(String message, Throwable cause) {
        super(message, cause);
    }
}
