package com.threadly.localstack.subscribe;

/** A connection or subscription that failed, and why. */
public final class SubscribeException extends RuntimeException {

    SubscribeException(String message) {
        super(message);
    }
}
