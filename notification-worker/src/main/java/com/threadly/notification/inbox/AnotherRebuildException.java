package com.threadly.notification.inbox;

/** This rebuild cannot start or continue because of another one of the same inbox. */
public final class AnotherRebuildException extends RuntimeException {

    AnotherRebuildException(String message) {
        super(message);
    }
}
