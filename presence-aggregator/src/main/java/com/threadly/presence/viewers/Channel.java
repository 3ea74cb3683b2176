package com.threadly.presence.viewers;

import com.threadly.presence.store.Agenda;
import java.nio.ByteBuffer;

/**
 * What is known of a channel besides its panes and members.
 *
 * @param present how many of its members are present
 * @param shown the count that was told last; none is as good as zero
 * @param shownAt when it was told
 * @param dueAt when to count again, or {@link Agenda#NEVER}
 */
record Channel(long present, Count shown, long shownAt, long dueAt) {

    private static final long NOT_YET = 0;

    static final Channel NEW = new Channel(0, Count.NONE, NOT_YET, Agenda.NEVER);

    private static final int BYTES = 5 * Long.BYTES;

    Channel changed(long joined, long now, Times times) {
        long soon = Math.max(now, times.nextCountAt(shownAt));
        return new Channel(present + joined, shown, shownAt, Math.min(dueAt, soon));
    }

    boolean wasTold() {
        return shownAt != NOT_YET;
    }

    Channel told(Count count, long now) {
        return new Channel(present, count, now, dueAt);
    }

    Channel dueAt(long time) {
        return new Channel(present, shown, shownAt, time);
    }

    byte[] toBytes() {
        return ByteBuffer.allocate(BYTES)
                .putLong(present)
                .putLong(shown.distinctUsers())
                .putLong(shown.present())
                .putLong(shownAt)
                .putLong(dueAt)
                .array();
    }

    static Channel of(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        long present = buffer.getLong();
        Count shown = new Count(buffer.getLong(), buffer.getLong());
        return new Channel(present, shown, buffer.getLong(), buffer.getLong());
    }
}
