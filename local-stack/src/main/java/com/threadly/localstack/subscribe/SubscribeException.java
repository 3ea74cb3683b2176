package com.threadly.localstack.subscribe;

/** A connection or a channel that cannot be had, and why. */
public final class SubscribeException extends RuntimeException {

    SubscribeException(String message) {
        super(message);
    }
}
