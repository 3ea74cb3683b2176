package com.threadly.presence.signal;

/**
 * A user was on a channel, or left it.
 *
 * @param at when it happened, milliseconds since the epoch
 */
public record PresenceSignal(String channel, String userId, Signal sign, long at) {

    /** Someone idle has the page open all the same. */
    public boolean here() {
        return sign != Signal.LEFT;
    }

    /** A producer whose clock is ahead must not keep a viewer here for ever: the future is now. */
    public PresenceSignal notAfter(long now) {
        return at <= now ? this : new PresenceSignal(channel, userId, sign, now);
    }
}
