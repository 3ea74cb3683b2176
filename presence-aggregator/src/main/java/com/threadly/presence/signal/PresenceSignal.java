package com.threadly.presence.signal;

/**
 * A user was on a channel, or left it.
 *
 * @param at when it happened, milliseconds since the epoch
 */
public record PresenceSignal(String channel, String userId, Signal sign, long at) {

    /** An idle user still has the page open. */
    public boolean here() {
        return sign != Signal.LEFT;
    }

    /** Whether the user's browser said so. Such a signal makes nobody a member: anyone could name any channel. */
    public boolean isHeartbeat() {
        return sign == Signal.SEEN || sign == Signal.AWAY;
    }

    /** A producer with a fast clock must not keep a viewer forever: a future time counts as now. */
    public PresenceSignal notAfter(long now) {
        return at <= now ? this : new PresenceSignal(channel, userId, sign, now);
    }
}
