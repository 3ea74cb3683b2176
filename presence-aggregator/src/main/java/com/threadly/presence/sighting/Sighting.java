package com.threadly.presence.sighting;

/**
 * A user was on a channel, or left it.
 *
 * @param at when it happened, milliseconds since the epoch
 */
public record Sighting(String channel, String userId, Sign sign, long at) {

    /** Someone idle has the page open all the same. */
    public boolean here() {
        return sign != Sign.LEFT;
    }

    /** A producer whose clock is ahead must not keep a viewer here for ever: the future is now. */
    public Sighting notAfter(long now) {
        return at <= now ? this : new Sighting(channel, userId, sign, now);
    }
}
