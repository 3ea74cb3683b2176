package com.threadly.presence.viewers;

import com.threadly.presence.signal.PresenceSignal;
import com.threadly.presence.timing.Timed;
import org.jspecify.annotations.Nullable;

/**
 * A user on a channel: the latest times of joining, of a heartbeat and of leaving.
 *
 * <p>The later of two times is independent of order and repetition: late, repeated and reordered events all lead to the
 * same viewer. Of a join and a leave at the same time, the later record counts.
 */
final class Viewer extends Timed {

    /** No time; earlier than all others. */
    static final long NO_TIME = 0;

    private final @Nullable Viewers owner;
    Channel channel;
    String userId;
    long joinedAt = NO_TIME;
    long beatAt = NO_TIME;
    long leftAt = NO_TIME;

    /** Without an owner it is only a key. */
    Viewer(@Nullable Viewers owner, Channel channel, String userId) {
        this.owner = owner;
        this.channel = channel;
        this.userId = userId;
    }

    /** Applies one signal; false if it changes nothing. */
    boolean apply(PresenceSignal signal) {
        long at = signal.at();
        long joined = joinedAt;
        long beat = beatAt;
        long left = leftAt;
        switch (signal.sign()) {
            case JOINED -> {
                joinedAt = Math.max(joinedAt, at);
                leftAt = leftAt == at ? at - 1 : leftAt;
            }
            case SEEN, AWAY -> beatAt = isEcho(at) ? beatAt : Math.max(beatAt, at);
            case LEFT -> leftAt = Math.max(leftAt, at);
            default -> throw new IllegalArgumentException("of no viewer: " + signal);
        }
        return joined != joinedAt || beat != beatAt || left != leftAt;
    }

    private boolean isEcho(long at) {
        return !isPresent() && at < leftAt + PresenceSignal.ECHO_MILLIS;
    }

    boolean isPresent() {
        return isPresent(joinedAt, beatAt, leftAt);
    }

    static boolean isPresent(long joinedAt, long beatAt, long leftAt) {
        return joinedAt > leftAt || (beatAt != NO_TIME && beatAt >= leftAt + PresenceSignal.ECHO_MILLIS);
    }

    long seenAt() {
        return Math.max(joinedAt, beatAt);
    }

    /** Has not been seen for too long. */
    void expire() {
        leftAt = Math.max(leftAt, seenAt());
    }

    long lastHeardOf() {
        return Math.max(leftAt, seenAt());
    }

    @Override
    protected void due(long at) {
        if (owner != null) {
            owner.age(this, at);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Viewer viewer && viewer.channel == channel && viewer.userId.equals(userId);
    }

    /** Names that differ only in the last letter have similar hashes, and so have a channel's viewers. */
    @Override
    public int hashCode() {
        return channel.hash() * 31 + userId.hashCode() * 0x9E3779B1;
    }
}
