package com.threadly.presence.users;

import com.threadly.presence.signal.PresenceSignal;
import com.threadly.presence.timing.TimingWheel;

/**
 * The state of a user on one channel: the latest times of joining, of heartbeats while active and while away, and of
 * leaving.
 *
 * <p>The later of two times is independent of order and repetition. A user may have several devices on a channel: what
 * one says of being away does not undo what another says of being active.
 *
 * @param channel a hash of its name: a user is on few
 */
record Session(long channel, long joinedAt, long activeAt, long awayAt, long leftAt) {

    /** No time; earlier than all others. */
    static final long NO_TIME = 0;

    static Session on(long channel) {
        return new Session(channel, NO_TIME, NO_TIME, NO_TIME, NO_TIME);
    }

    Session after(PresenceSignal signal) {
        long at = signal.at();
        return switch (signal.sign()) {
            case JOINED ->
                new Session(channel, Math.max(joinedAt, at), activeAt, awayAt, leftAt == at ? at - 1 : leftAt);
            case SEEN -> isEcho(at) ? this : new Session(channel, joinedAt, Math.max(activeAt, at), awayAt, leftAt);
            case AWAY -> isEcho(at) ? this : new Session(channel, joinedAt, activeAt, Math.max(awayAt, at), leftAt);
            case LEFT -> new Session(channel, joinedAt, activeAt, awayAt, Math.max(leftAt, at));
            case OCCUPIED, VACATED, ERASED, TICK, CLOCK ->
                throw new IllegalArgumentException("of no session: " + signal);
        };
    }

    private boolean isEcho(long at) {
        return !isHere() && at < leftAt + PresenceSignal.ECHO_MILLIS;
    }

    /** As long as no time-out ends it. */
    private boolean isHere() {
        long beatAt = Math.max(activeAt, awayAt);
        return joinedAt > leftAt || (beatAt != NO_TIME && beatAt >= leftAt + PresenceSignal.ECHO_MILLIS);
    }

    private long seenAt() {
        return Math.max(joinedAt, Math.max(activeAt, awayAt));
    }

    /** Until when it makes the user online. */
    long onlineUntil(StatusTimings times) {
        long lastActive = Math.max(joinedAt, activeAt);
        return lastActive == NO_TIME
                ? NO_TIME
                : Math.min(lastActive + times.awayAfter().toMillis(), hereUntil(times));
    }

    /** Until when it keeps the user from being offline. A leave after the timeout does not revive a session. */
    long hereUntil(StatusTimings times) {
        if (seenAt() == NO_TIME) {
            return NO_TIME;
        }
        long gone = seenAt() + times.timeout().toMillis();
        return (isHere() ? gone : Math.min(gone, leftAt)) + times.offlineAfter().toMillis();
    }

    Status statusAt(long now, StatusTimings times) {
        if (now < onlineUntil(times)) {
            return Status.ONLINE;
        }
        return now < hereUntil(times) ? Status.AWAY : Status.OFFLINE;
    }

    /** When it is over, and no event in time can change it. */
    long overAt(StatusTimings times) {
        return Math.max(Math.max(leftAt, seenAt()) + times.timeout().toMillis(), hereUntil(times));
    }

    /** When {@code status} ends to follow from it, or it is over; never, if that was before {@code now}. */
    long changesAfter(long now, StatusTimings times) {
        long online = onlineUntil(times);
        long here = hereUntil(times);
        return online > now ? online : here > now ? here : overAt(times) > now ? overAt(times) : TimingWheel.NEVER;
    }
}
