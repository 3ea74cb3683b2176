package com.threadly.notification.inbox;

/** This rebuild may not go on, or begin, because of another one of the same inbox. */
public final class AnotherRebuildException extends RuntimeException {

    AnotherRebuildException(String message) {
        super(message);
    }
}
