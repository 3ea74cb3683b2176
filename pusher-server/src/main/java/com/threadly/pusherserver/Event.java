package com.threadly.pusherserver;

import org.jspecify.annotations.Nullable;

/**
 * An event for one channel.
 *
 * @param exceptSocketId the connection that does not receive it, usually the one that caused it
 */
record Event(
        String channel, String name, String data, @Nullable String exceptSocketId) {}
