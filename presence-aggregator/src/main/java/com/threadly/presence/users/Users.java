package com.threadly.presence.users;

import com.threadly.presence.sighting.Sighting;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Says which users of one partition are here.
 *
 * <p>A user is online while active on any channel, else away while on any, and offline when on none for longer than a
 * reload takes. Whatever the order in which signs arrive, the status is that of all of them together; one older than the
 * timeout changes nothing.
 *
 * <p>What makes a user more present than was told is told at once. What makes less of it is looked at when its time has
 * come, so that somebody with many channels costs one look, not one for each sign.
 */
public final class Users {

    /** A tick's share of work, so that records are not kept waiting; the rest is for the next tick. */
    private static final int TICK_LIMIT = 10_000;

    private final UserStore store;
    private final UserTimes times;
    private final Statuses statuses;

    public Users(KeyValueStore<Bytes, byte[]> store, UserTimes times, Statuses statuses) {
        this.store = new UserStore(store);
        this.times = times;
        this.statuses = statuses;
    }

    /** Takes in one sign; false when it came too late to change anything. */
    public boolean accept(Sighting told, long now) {
        Sighting sighting = told.notAfter(now);
        if (times.isLate(sighting.at(), now)) {
            return false;
        }
        Session before = store.session(sighting.userId(), sighting.channel());
        Session after = before.after(sighting);
        if (!after.equals(before)) {
            store.put(sighting.userId(), sighting.channel(), after);
            follow(sighting.userId(), after, now);
        }
        return true;
    }

    /** Does what has become due: tells who is away, offline or forgotten. */
    public void tick(long now) {
        store.takeDue(now, TICK_LIMIT).forEach(userId -> settle(userId, store.user(userId), now));
    }

    private void follow(String userId, Session changed, long now) {
        User user = store.user(userId);
        if (changed.statusAt(now, times).compareTo(user.told()) > 0) {
            settle(userId, user, now);
            return;
        }
        long lasts = Math.max(now, changed.lastsUntil(user.told(), times));
        if (lasts < user.dueAt()) {
            store.replace(userId, user, user.dueAt(lasts));
        }
    }

    /** Finds out what all sessions say together, and until when. */
    private void settle(String userId, User before, long now) {
        Map<String, Session> sessions = store.sessions(userId);
        long lastSeen = lastSeen(before, sessions.values());
        sessions.entrySet().removeIf(session -> {
            boolean over = session.getValue().overAt(times) <= now;
            if (over) {
                store.removeSession(userId, session.getKey());
            }
            return over;
        });
        Status status = status(sessions.values(), now, times);
        if (status != before.told()) {
            statuses.changed(new StatusChanged(userId, status, lastSeen, now));
        }
        long due = sessions.values().stream()
                .mapToLong(session -> session.lastsUntil(status, times))
                .max()
                .orElse(lastSeen + times.forgetAfter().toMillis());
        if (sessions.isEmpty() && due <= now) {
            store.remove(userId, before);
            statuses.forgotten(userId);
        } else {
            store.replace(userId, before, new User(status, lastSeen, due));
        }
    }

    /** The best that any session says. */
    static Status status(Collection<Session> sessions, long now, UserTimes times) {
        return sessions.stream()
                .map(session -> session.statusAt(now, times))
                .max(Comparator.naturalOrder())
                .orElse(Status.OFFLINE);
    }

    static long lastSeen(User user, Collection<Session> sessions) {
        return sessions.stream().mapToLong(Session::lastHeardOf).reduce(user.lastSeen(), Math::max);
    }
}
