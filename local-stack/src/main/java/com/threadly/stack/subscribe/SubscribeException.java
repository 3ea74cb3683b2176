package com.threadly.stack.subscribe;

/** A connection or a channel that cannot be had, and why. */
public final class SubscribeException extends RuntimeException {

    SubscribeException(String message) {
        super(message);
    }
}
