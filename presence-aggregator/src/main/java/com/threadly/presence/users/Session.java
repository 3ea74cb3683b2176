package com.threadly.presence.users;

import static com.threadly.presence.store.PackedTimes.NO_TIME;

import com.threadly.presence.signal.PresenceSignal;

/**
 * The state of a user on one channel: the latest event times of being active, of being away and of leaving.
 *
 * <p>The later of two times is independent of order and repetition. Sessions are independent: a background tab that is
 * "away" does not affect the one in use.
 */
record Session(long activeAt, long awayAt, long leftAt) {

    static final Session UNKNOWN = new Session(NO_TIME, NO_TIME, NO_TIME);

    Session after(PresenceSignal signal) {
        long at = signal.at();
        return switch (signal.sign()) {
            case JOINED, SEEN -> new Session(Math.max(activeAt, at), awayAt, leftAt);
            case AWAY -> new Session(activeAt, Math.max(awayAt, at), leftAt);
            case LEFT -> new Session(activeAt, awayAt, Math.max(leftAt, at));
        };
    }

    /** Until when it makes the user online; at a tie, active wins. */
    long onlineUntil(StatusTimings times) {
        return activeAt == NO_TIME || activeAt < awayAt
                ? NO_TIME
                : Math.min(activeAt + times.awayAfter().toMillis(), hereUntil(times));
    }

    /**
     * Until when it keeps the user from being offline. At a tie of seen and left, the user is present, as for the
     * counts; a leave after the timeout does not revive a session.
     */
    long hereUntil(StatusTimings times) {
        long seenAt = Math.max(activeAt, awayAt);
        if (seenAt == NO_TIME) {
            return NO_TIME;
        }
        long gone = seenAt + times.timeout().toMillis();
        return (seenAt >= leftAt ? gone : Math.min(gone, leftAt))
                + times.offlineAfter().toMillis();
    }

    Status statusAt(long now, StatusTimings times) {
        if (now < onlineUntil(times)) {
            return Status.ONLINE;
        }
        return now < hereUntil(times) ? Status.AWAY : Status.OFFLINE;
    }

    /** Whether the user has joined, not left, and been seen within the timeout. */
    boolean isOpen(long now, StatusTimings times) {
        long seenAt = Math.max(activeAt, awayAt);
        return seenAt != NO_TIME && seenAt >= leftAt && !times.isLate(seenAt, now);
    }

    long lastHeardOf() {
        return Math.max(leftAt, Math.max(activeAt, awayAt));
    }

    /** When it is over, and no event in time can change it. */
    long overAt(StatusTimings times) {
        return Math.max(lastHeardOf() + times.timeout().toMillis(), hereUntil(times));
    }

    /** Until when {@code status} follows from it; a time long past if it never did. */
    long lastsUntil(Status status, StatusTimings times) {
        return switch (status) {
            case ONLINE -> onlineUntil(times);
            case AWAY -> hereUntil(times);
            case OFFLINE -> overAt(times);
        };
    }
}
