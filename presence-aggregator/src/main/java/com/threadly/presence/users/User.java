package com.threadly.presence.users;

import com.threadly.presence.sighting.Sighting;
import com.threadly.presence.store.Agenda;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is known of a user.
 *
 * @param told the status that was told last; none is as good as offline
 * @param lastSeen the latest sign; milliseconds since the epoch
 * @param dueAt when to look again, or {@link Agenda#NEVER}
 * @param sessions by channel, those that still say something
 */
record User(Status told, long lastSeen, long dueAt, SortedMap<String, Session> sessions) {

    /** Nobody looks at more channels; where somebody does, those that were left first are forgotten first. */
    private static final int MAX_SESSIONS = 100;

    private static final int HEAD = 1 + 2 * Long.BYTES;

    static final User NEW = new User(Status.OFFLINE, Long.MIN_VALUE, Agenda.NEVER, Collections.emptySortedMap());

    User after(Sighting sighting, UserTimes times) {
        Session before = sessions.getOrDefault(sighting.channel(), Session.UNKNOWN);
        Session after = before.after(sighting);
        if (after.equals(before)) {
            return this;
        }
        var more = new TreeMap<>(sessions);
        more.put(sighting.channel(), after);
        if (more.size() > MAX_SESSIONS) {
            more.entrySet().stream()
                    .min(Map.Entry.comparingByValue(Comparator.comparingLong(session -> session.overAt(times))))
                    .ifPresent(first -> more.remove(first.getKey()));
        }
        return new User(told, Math.max(lastSeen, sighting.at()), dueAt, more);
    }

    /** Without the sessions that are over. */
    User at(long now, UserTimes times) {
        if (sessions.values().stream().noneMatch(session -> session.overAt(times) <= now)) {
            return this;
        }
        var left = new TreeMap<>(sessions);
        left.values().removeIf(session -> session.overAt(times) <= now);
        return new User(told, lastSeen, dueAt, left);
    }

    /** The best that any session says. */
    Status statusAt(long now, UserTimes times) {
        Status best = Status.OFFLINE;
        for (Session session : sessions.values()) {
            Status its = session.statusAt(now, times);
            best = its.compareTo(best) > 0 ? its : best;
        }
        return best;
    }

    /** When {@code status}, which is the present one, will have changed by itself, or the user be forgotten. */
    long lastsUntil(Status status, UserTimes times) {
        return sessions.values().stream()
                .mapToLong(session -> session.lastsUntil(status, times))
                .max()
                .orElse(lastSeen + times.forgetAfter().toMillis());
    }

    User dueAt(long time) {
        return new User(told, lastSeen, time, sessions);
    }

    User told(Status status, long due) {
        return new User(status, lastSeen, due, sessions);
    }

    byte[] toBytes() {
        // A channel's name is ASCII, of at most 164 characters.
        int size = sessions.keySet().stream()
                .mapToInt(channel -> 1 + channel.length() + Session.BYTES)
                .sum();
        ByteBuffer buffer = ByteBuffer.allocate(HEAD + size)
                .put(told.code())
                .putLong(lastSeen)
                .putLong(dueAt);
        sessions.forEach((channel, session) -> {
            buffer.put((byte) channel.length()).put(channel.getBytes(StandardCharsets.US_ASCII));
            session.writeTo(buffer);
        });
        return buffer.array();
    }

    static User of(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        Status told = Status.of(buffer.get());
        long lastSeen = buffer.getLong();
        long dueAt = buffer.getLong();
        var sessions = new TreeMap<String, Session>();
        while (buffer.hasRemaining()) {
            int length = Byte.toUnsignedInt(buffer.get());
            String channel = new String(bytes, buffer.position(), length, StandardCharsets.US_ASCII);
            buffer.position(buffer.position() + length);
            sessions.put(channel, Session.readFrom(buffer));
        }
        return new User(told, lastSeen, dueAt, sessions);
    }
}
