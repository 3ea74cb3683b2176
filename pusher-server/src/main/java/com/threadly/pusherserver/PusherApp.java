package com.threadly.pusherserver;

import static java.util.Objects.requireNonNull;

/**
 * The one app that a server serves.
 *
 * @param id the id in the HTTP API's paths
 * @param key what clients connect with; public
 * @param secret what requests, subscriptions and webhooks are signed with
 */
public record PusherApp(String id, String key, String secret) {

    public PusherApp {
        requireNonNull(id, "id");
        requireNonNull(key, "key");
        requireNonNull(secret, "secret");
    }

    @Override
    public String toString() {
        return "PusherApp[id=" + id + ", key=" + key + ", secret=***]";
    }
}
