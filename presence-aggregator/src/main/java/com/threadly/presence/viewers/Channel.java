package com.threadly.presence.viewers;

import com.threadly.presence.store.Agenda;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is known of a channel besides its members.
 *
 * @param present how many of its members are present
 * @param shown the count that was told last; none is as good as zero
 * @param shownAt when it was told
 * @param changed whether something has happened since
 * @param dueAt when to count again even if nothing happens, or {@link Agenda#NEVER}
 * @param panes by their starts; empty for those that are too large to lie here, and are kept apart
 */
record Channel(
        long present, Count shown, long shownAt, boolean changed, long dueAt, SortedMap<Long, Optional<Pane>> panes) {

    private static final long NOT_YET = 0;
    private static final int HEAD = 5 * Long.BYTES + 1;
    private static final int PANE_HEAD = Long.BYTES + Short.BYTES;

    static final Channel NEW = new Channel(0, Count.NONE, NOT_YET, false, Agenda.NEVER, Collections.emptySortedMap());

    boolean wasTold() {
        return shownAt != NOT_YET;
    }

    Channel joined(long more) {
        return new Channel(present + more, shown, shownAt, true, dueAt, panes);
    }

    Channel with(long start, Optional<Pane> pane) {
        var more = new TreeMap<>(panes);
        more.put(start, pane);
        return new Channel(present, shown, shownAt, true, dueAt, more);
    }

    /** Without the panes before {@code start}. */
    Channel since(long start) {
        return panes.isEmpty() || panes.firstKey() >= start
                ? this
                : new Channel(present, shown, shownAt, changed, dueAt, new TreeMap<>(panes.tailMap(start)));
    }

    Channel counted(long due) {
        return new Channel(present, shown, shownAt, false, due, panes);
    }

    Channel told(Count count, long now) {
        return new Channel(present, count, now, changed, dueAt, panes);
    }

    Channel dueAt(long time) {
        return new Channel(present, shown, shownAt, changed, time, panes);
    }

    byte[] toBytes() {
        int size = panes.values().stream()
                .mapToInt(pane -> PANE_HEAD + pane.map(Pane::size).orElse(0))
                .sum();
        ByteBuffer buffer = ByteBuffer.allocate(HEAD + size)
                .putLong(present)
                .putLong(shown.distinctUsers())
                .putLong(shown.present())
                .putLong(shownAt)
                .put((byte) (changed ? 1 : 0))
                .putLong(dueAt);
        panes.forEach((start, pane) -> {
            buffer.putLong(start).putShort(pane.map(Pane::size).orElse(0).shortValue());
            pane.ifPresent(here -> buffer.put(here.toBytes()));
        });
        return buffer.array();
    }

    static Channel of(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        long present = buffer.getLong();
        Count shown = new Count(buffer.getLong(), buffer.getLong());
        long shownAt = buffer.getLong();
        boolean changed = buffer.get() != 0;
        long dueAt = buffer.getLong();
        var panes = new TreeMap<Long, Optional<Pane>>();
        while (buffer.hasRemaining()) {
            long start = buffer.getLong();
            byte[] pane = new byte[buffer.getShort()];
            buffer.get(pane);
            panes.put(start, pane.length == 0 ? Optional.empty() : Optional.of(Pane.of(pane)));
        }
        return new Channel(present, shown, shownAt, changed, dueAt, panes);
    }
}
