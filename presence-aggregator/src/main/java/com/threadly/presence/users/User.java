package com.threadly.presence.users;

import com.threadly.presence.timing.Timed;
import com.threadly.presence.timing.TimingWheel;
import java.util.Arrays;

/** A user who is on a channel, or was just now. */
final class User extends Timed {

    /** More channels than any real user views; beyond it, those left first are dropped first. */
    private static final int MAX_SESSIONS = 100;

    private static final Session[] NONE = {};

    private final Users owner;
    final String id;

    /** None is equivalent to offline. */
    Status published = Status.OFFLINE;

    /** The latest signal. */
    long lastSeen = Session.NO_TIME;

    /** By channel, those that are not over. */
    Session[] sessions = NONE;

    User(Users owner, String id) {
        this.owner = owner;
        this.id = id;
    }

    Session session(long channel) {
        int index = indexOf(channel);
        return index < 0 ? Session.on(channel) : sessions[index];
    }

    void put(Session session, StatusTimings times) {
        int index = indexOf(session.channel());
        if (index < 0 && sessions.length == MAX_SESSIONS) {
            index = firstToEnd(times);
        }
        if (index < 0) {
            index = sessions.length;
            sessions = Arrays.copyOf(sessions, index + 1);
        }
        sessions[index] = session;
    }

    private int firstToEnd(StatusTimings times) {
        int first = 0;
        for (int i = 1; i < sessions.length; i++) {
            first = sessions[i].overAt(times) < sessions[first].overAt(times) ? i : first;
        }
        return first;
    }

    private int indexOf(long channel) {
        for (int i = 0; i < sessions.length; i++) {
            if (sessions[i].channel() == channel) {
                return i;
            }
        }
        return -1;
    }

    /** Drops what is over; true if there was any. */
    boolean forget(long now, StatusTimings times) {
        int before = sessions.length;
        for (Session session : sessions) {
            if (session.overAt(times) <= now) {
                sessions = Arrays.stream(sessions)
                        .filter(each -> each.overAt(times) > now)
                        .toArray(Session[]::new);
                break;
            }
        }
        return sessions.length < before;
    }

    /** The highest status of any session. */
    Status statusAt(long now, StatusTimings times) {
        Status best = Status.OFFLINE;
        for (Session session : sessions) {
            Status its = session.statusAt(now, times);
            best = its.compareTo(best) > 0 ? its : best;
        }
        return best;
    }

    /** It was not earlier when the status was published: another one would have followed from the sessions. */
    long publishedBy(StatusTimings times) {
        long by = lastSeen;
        for (Session session : sessions) {
            by = Math.max(
                    by,
                    switch (published) {
                        case ONLINE -> Session.NO_TIME;
                        case AWAY -> session.onlineUntil(times);
                        case OFFLINE -> session.hereUntil(times);
                    });
        }
        return by;
    }

    /** When the status may change by itself. */
    long changesAfter(long now, StatusTimings times) {
        long first = TimingWheel.NEVER;
        for (Session session : sessions) {
            first = Math.min(first, session.changesAfter(now, times));
        }
        return first;
    }

    @Override
    protected void due(long at) {
        owner.due(this, at);
    }
}
