package com.threadly.presence.users;

import com.threadly.presence.sighting.Sighting;
import com.threadly.presence.store.Agenda;
import com.threadly.presence.store.Keys;
import com.threadly.presence.store.Rows;
import java.nio.ByteBuffer;

/**
 * What is known of a user.
 *
 * @param told the status that was told last; none is as good as offline
 * @param lastSeen the latest sign; milliseconds since the epoch
 * @param dueAt when to look again, or {@link Agenda#NEVER}
 * @param sessions by channel, those that still say something
 */
record User(Status told, long lastSeen, long dueAt, Rows sessions) {

    /** Nobody looks at more channels; where somebody does, those that were left first are forgotten first. */
    private static final int MAX_SESSIONS = 100;

    private static final int ACTIVE_AT = 0;
    private static final int AWAY_AT = 1;
    private static final int LEFT_AT = 2;
    private static final int TIMES = 3;

    private static final int HEAD = 1 + 2 * Long.BYTES;

    static final User NEW = new User(Status.OFFLINE, Long.MIN_VALUE, Agenda.NEVER, Rows.empty(TIMES));

    User after(Sighting sighting, UserTimes times) {
        byte[] channel = Keys.utf8(sighting.channel());
        int row = sessions.find(channel);
        Session before = row < 0 ? Session.UNKNOWN : session(row);
        Session after = before.after(sighting);
        if (after.equals(before)) {
            return this;
        }
        Rows more = sessions.with(channel, after.activeAt(), after.awayAt(), after.leftAt());
        var user = new User(told, Math.max(lastSeen, sighting.at()), dueAt, more);
        return row < 0 && more.count() > MAX_SESSIONS ? user.withoutTheFirstToEnd(times) : user;
    }

    private User withoutTheFirstToEnd(UserTimes times) {
        int first = 0;
        for (int row = 0; row < sessions.end(); row = sessions.next(row)) {
            first = session(row).overAt(times) < session(first).overAt(times) ? row : first;
        }
        int ending = first;
        return new User(told, lastSeen, dueAt, sessions.where(row -> row != ending));
    }

    private Session session(int row) {
        return new Session(sessions.time(row, ACTIVE_AT), sessions.time(row, AWAY_AT), sessions.time(row, LEFT_AT));
    }

    /** Without the sessions that are over. */
    User at(long now, UserTimes times) {
        return new User(
                told, lastSeen, dueAt, sessions.where(row -> session(row).overAt(times) > now));
    }

    /** The best that any session says. */
    Status statusAt(long now, UserTimes times) {
        Status best = Status.OFFLINE;
        for (int row = 0; row < sessions.end(); row = sessions.next(row)) {
            Status its = session(row).statusAt(now, times);
            best = its.compareTo(best) > 0 ? its : best;
        }
        return best;
    }

    /** When {@code status}, which is the present one, will have changed by itself, or the user be forgotten. */
    long lastsUntil(Status status, UserTimes times) {
        if (sessions.isEmpty()) {
            return lastSeen + times.forgetAfter().toMillis();
        }
        long until = Rows.NEVER;
        for (int row = 0; row < sessions.end(); row = sessions.next(row)) {
            until = Math.max(until, session(row).lastsUntil(status, times));
        }
        return until;
    }

    User dueAt(long time) {
        return new User(told, lastSeen, time, sessions);
    }

    User told(Status status, long due) {
        return new User(status, lastSeen, due, sessions);
    }

    byte[] toBytes() {
        ByteBuffer buffer = ByteBuffer.allocate(HEAD + sessions.end())
                .put(told.code())
                .putLong(lastSeen)
                .putLong(dueAt);
        sessions.writeTo(buffer);
        return buffer.array();
    }

    static User of(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new User(Status.of(buffer.get()), buffer.getLong(), buffer.getLong(), Rows.readFrom(buffer, TIMES));
    }
}
