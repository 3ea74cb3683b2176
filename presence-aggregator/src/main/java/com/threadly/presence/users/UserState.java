package com.threadly.presence.users;

import com.threadly.presence.signal.PresenceSignal;
import com.threadly.presence.store.DueIndex;
import com.threadly.presence.store.Keys;
import com.threadly.presence.store.PackedTimes;
import java.nio.ByteBuffer;

/**
 * The state of a user.
 *
 * @param published the status published last; none is equivalent to offline
 * @param lastSeen the latest signal; milliseconds since the epoch
 * @param dueAt when to check again, or {@link DueIndex#NEVER}
 * @param sessions by channel, those that are not over
 */
record UserState(Status published, long lastSeen, long dueAt, PackedTimes sessions) {

    /** More channels than any real user views; beyond it, those left first are dropped first. */
    private static final int MAX_SESSIONS = 100;

    private static final int ACTIVE_AT = 0;
    private static final int AWAY_AT = 1;
    private static final int LEFT_AT = 2;
    private static final int TIMES = 3;

    private static final int HEAD = 1 + 2 * Long.BYTES;

    static final UserState NEW =
            new UserState(Status.OFFLINE, Long.MIN_VALUE, DueIndex.NEVER, PackedTimes.empty(TIMES));

    UserState after(PresenceSignal signal, StatusTimings times, long now) {
        byte[] channel = Keys.utf8(signal.channel());
        int row = sessions.find(channel);
        Session before = row < 0 ? Session.UNKNOWN : session(row);
        if (signal.isHeartbeat() && !before.isOpen(now, times)) {
            return this;
        }
        Session after = before.after(signal);
        if (after.equals(before)) {
            return this;
        }
        PackedTimes more = sessions.with(channel, after.activeAt(), after.awayAt(), after.leftAt());
        var user = new UserState(published, Math.max(lastSeen, signal.at()), dueAt, more);
        return row < 0 && more.count() > MAX_SESSIONS ? user.withoutTheFirstToEnd(times) : user;
    }

    private UserState withoutTheFirstToEnd(StatusTimings times) {
        int first = 0;
        for (int row = 0; row < sessions.end(); row = sessions.next(row)) {
            first = session(row).overAt(times) < session(first).overAt(times) ? row : first;
        }
        int ending = first;
        return new UserState(published, lastSeen, dueAt, sessions.where(row -> row != ending));
    }

    private Session session(int row) {
        return new Session(sessions.time(row, ACTIVE_AT), sessions.time(row, AWAY_AT), sessions.time(row, LEFT_AT));
    }

    /** Without the sessions that are over. */
    UserState at(long now, StatusTimings times) {
        return new UserState(
                published, lastSeen, dueAt, sessions.where(row -> session(row).overAt(times) > now));
    }

    /** The highest status of any session. */
    Status statusAt(long now, StatusTimings times) {
        Status best = Status.OFFLINE;
        for (int row = 0; row < sessions.end(); row = sessions.next(row)) {
            Status its = session(row).statusAt(now, times);
            best = its.compareTo(best) > 0 ? its : best;
        }
        return best;
    }

    /** When the current {@code status} changes by itself, or the user is forgotten. */
    long lastsUntil(Status status, StatusTimings times) {
        if (sessions.isEmpty()) {
            return lastSeen + times.forgetAfter().toMillis();
        }
        long until = PackedTimes.NO_TIME;
        for (int row = 0; row < sessions.end(); row = sessions.next(row)) {
            until = Math.max(until, session(row).lastsUntil(status, times));
        }
        return until;
    }

    UserState dueAt(long time) {
        return new UserState(published, lastSeen, time, sessions);
    }

    UserState published(Status status, long due) {
        return new UserState(status, lastSeen, due, sessions);
    }

    byte[] toBytes() {
        ByteBuffer buffer = ByteBuffer.allocate(HEAD + sessions.end())
                .put(published.code())
                .putLong(lastSeen)
                .putLong(dueAt);
        sessions.writeTo(buffer);
        return buffer.array();
    }

    static UserState of(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UserState(
                Status.of(buffer.get()), buffer.getLong(), buffer.getLong(), PackedTimes.readFrom(buffer, TIMES));
    }
}
