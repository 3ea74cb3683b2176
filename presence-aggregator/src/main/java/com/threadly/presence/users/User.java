package com.threadly.presence.users;

import com.threadly.presence.store.Agenda;
import java.nio.ByteBuffer;

/**
 * What is known of a user besides the sessions.
 *
 * @param told the status that was told last; none is as good as offline
 * @param lastSeen the latest sign that sessions which are over have left
 * @param dueAt when to look at the sessions again, or {@link Agenda#NEVER}
 */
record User(Status told, long lastSeen, long dueAt) {

    private static final int BYTES = 1 + 2 * Long.BYTES;

    static final User NEW = new User(Status.OFFLINE, Long.MIN_VALUE, Agenda.NEVER);

    User dueAt(long time) {
        return new User(told, lastSeen, time);
    }

    byte[] toBytes() {
        return ByteBuffer.allocate(BYTES)
                .put(told.code())
                .putLong(lastSeen)
                .putLong(dueAt)
                .array();
    }

    static User of(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new User(Status.of(buffer.get()), buffer.getLong(), buffer.getLong());
    }
}
