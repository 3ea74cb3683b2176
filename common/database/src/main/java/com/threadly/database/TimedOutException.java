package com.threadly.database;

import com.threadly.runtime.retry.UnavailableException;

/** A statement took longer than statements may: it may have asked for too much at once, so a smaller one may succeed. */
public final class TimedOutException extends UnavailableException {

    TimedOutException(String message, Throwable cause) {
        super(message, cause);
    }
}
