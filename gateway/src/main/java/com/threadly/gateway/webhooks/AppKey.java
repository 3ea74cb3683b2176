package com.threadly.gateway.webhooks;

/** A key of the Pusher app and its secret. An app may have several, for rotation. */
public record AppKey(String key, String secret) {

    @Override
    public String toString() {
        return "AppKey[key=%s]".formatted(key);
    }
}
