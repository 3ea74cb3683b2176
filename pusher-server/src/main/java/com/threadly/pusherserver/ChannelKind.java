package com.threadly.pusherserver;

/** What a channel's name says about who may enter it and what may happen there. */
enum ChannelKind {
    PUBLIC,
    PRIVATE,
    ENCRYPTED,
    PRESENCE;

    static ChannelKind of(String channel) {
        if (channel.startsWith("private-encrypted-")) {
            return ENCRYPTED;
        }
        if (channel.startsWith("private-")) {
            return PRIVATE;
        }
        return channel.startsWith("presence-") ? PRESENCE : PUBLIC;
    }

    boolean needsAuthorization() {
        return this != PUBLIC;
    }

    boolean takesClientEvents() {
        return this == PRIVATE || this == PRESENCE;
    }
}
