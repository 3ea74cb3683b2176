package com.threadly.presence.users;

import static com.threadly.presence.store.PackedTimes.NO_TIME;

import com.threadly.presence.signal.PresenceSignal;

/**
 * What is known of a user on one channel: the latest times, by the events' own clocks, of being active, of being away
 * and of leaving.
 *
 * <p>Taking the later of two times does not depend on their order, nor on how often each is told. Each session speaks
 * for itself: a tab in the background that says "away" does not argue with the one that is in use.
 */
record Session(long activeAt, long awayAt, long leftAt) {

    static final Session UNKNOWN = new Session(NO_TIME, NO_TIME, NO_TIME);

    Session after(PresenceSignal signal) {
        long at = signal.at();
        return switch (signal.sign()) {
            case ACTIVE -> new Session(Math.max(activeAt, at), awayAt, leftAt);
            case AWAY -> new Session(activeAt, Math.max(awayAt, at), leftAt);
            case LEFT -> new Session(activeAt, awayAt, Math.max(leftAt, at));
        };
    }

    /** Until when it makes the user online; active wins a tie. */
    long onlineUntil(StatusTimings times) {
        return activeAt == NO_TIME || activeAt < awayAt
                ? NO_TIME
                : Math.min(activeAt + times.awayAfter().toMillis(), hereUntil(times));
    }

    /**
     * Until when it keeps the user from being offline. At a tie of seen and left the user is here, as for the counts; a
     * word of leaving that comes after the timeout brings nobody back.
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

    long lastHeardOf() {
        return Math.max(leftAt, Math.max(activeAt, awayAt));
    }

    /** From when on it says nothing, and no event that could change it is still in time. */
    long overAt(StatusTimings times) {
        return Math.max(lastHeardOf() + times.timeout().toMillis(), hereUntil(times));
    }

    /** Until when {@code status} follows from it; where it never did, a time long past. */
    long lastsUntil(Status status, StatusTimings times) {
        return switch (status) {
            case ONLINE -> onlineUntil(times);
            case AWAY -> hereUntil(times);
            case OFFLINE -> overAt(times);
        };
    }
}
