package com.threadly.gateway.webhooks;

/** A key of the Pusher app and its secret. An app may have several, so that one can take another's place. */
public record AppKey(String key, String secret) {

    @Override
    public String toString() {
        return "AppKey[key=%s]".formatted(key);
    }
}
