package com.threadly.presence.viewers;

/**
 * A user was on a channel, or left it.
 *
 * @param here false for having left
 * @param at when it happened, milliseconds since the epoch
 */
public record Sighting(String channel, String userId, boolean here, long at) {

    /** A producer whose clock is ahead must not keep a viewer here for ever: the future is now. */
    Sighting notAfter(long now) {
        return at <= now ? this : new Sighting(channel, userId, here, now);
    }
}
