package com.threadly.presence.viewers;

import com.threadly.presence.store.Agenda;
import java.nio.ByteBuffer;

/**
 * What is known of a channel.
 *
 * @param known how many members are known in all groups, those who have left included
 * @param present how many of them are present
 * @param panes when they were last seen, of those for whom it was within the window
 * @param shown the count that was told last; none is as good as zero
 * @param shownAt when it was told
 * @param groups how many groups the members are in
 * @param first the first of them, which is kept here; when it is due, so are panes that are over
 */
record Channel(int known, int present, Panes panes, Count shown, long shownAt, int groups, Group first) {

    private static final long NOT_YET = 0;
    private static final int HEAD = 3 * Integer.BYTES + 3 * Long.BYTES;

    static final Channel NEW = new Channel(0, 0, Panes.NONE, Count.NONE, NOT_YET, 1, Group.EMPTY);

    boolean wasTold() {
        return shownAt != NOT_YET;
    }

    boolean isEmpty() {
        return known == 0;
    }

    /** As of the panes that are here. */
    Count count() {
        return new Count(panes.total(), present);
    }

    boolean hasNews() {
        return !count().equals(shown);
    }

    /** With what has become of a member. */
    Channel changed(Member before, Member after, Times times, long now) {
        int more = before.equals(Member.UNKNOWN) ? 1 : 0;
        int joined = Boolean.compare(after.isPresent(), before.isPresent());
        return new Channel(
                known + more, present + joined, moved(before, after, times, now), shown, shownAt, groups, first);
    }

    private Panes moved(Member before, Member after, Times times, long now) {
        long from = times.paneOf(before.seenAt());
        long to = times.paneOf(after.seenAt());
        if (from == to) {
            return panes;
        }
        Panes without = panes.oneFewerIn(from);
        return to < times.windowAt(now).start() ? without : without.oneMoreIn(to);
    }

    /** With fewer members, of whom fewer are present. */
    Channel fewer(int forgotten, int gone) {
        int left = known - forgotten;
        return new Channel(left, present - gone, left == 0 ? Panes.NONE : panes, shown, shownAt, groups, first);
    }

    /** Without the panes before {@code start}. */
    Channel since(long start) {
        return new Channel(known, present, panes.since(start), shown, shownAt, groups, first);
    }

    /** When the oldest pane leaves the window. */
    long panesOverAt(Times times) {
        return panes.isEmpty() ? Agenda.NEVER : times.paneOverAt(panes.first());
    }

    /** As told at {@code now}. */
    Channel told(long now) {
        return new Channel(known, present, panes, count(), now, groups, first);
    }

    /** When the count, told as zero, need not be kept any longer. */
    long overAt(Times times) {
        return wasTold() && shown.equals(Count.NONE) && !hasNews() ? times.nextCountAt(shownAt) : Agenda.NEVER;
    }

    /** As if it had never been told. */
    Channel over() {
        return new Channel(known, present, panes, Count.NONE, NOT_YET, groups, first);
    }

    Channel with(Group first) {
        return new Channel(known, present, panes, shown, shownAt, groups, first);
    }

    Channel groups(int number) {
        return new Channel(known, present, panes, shown, shownAt, number, first);
    }

    Channel dueBy(long time) {
        return with(first.dueBy(time));
    }

    byte[] toBytes() {
        ByteBuffer buffer = ByteBuffer.allocate(HEAD + panes.size() + first.size())
                .putInt(known)
                .putInt(present)
                .putLong(shown.distinctUsers())
                .putLong(shown.present())
                .putLong(shownAt)
                .putInt(groups);
        panes.writeTo(buffer);
        first.writeTo(buffer);
        return buffer.array();
    }

    static Channel of(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        int known = buffer.getInt();
        int present = buffer.getInt();
        Count shown = new Count(buffer.getLong(), buffer.getLong());
        long shownAt = buffer.getLong();
        int groups = buffer.getInt();
        return new Channel(known, present, Panes.readFrom(buffer), shown, shownAt, groups, Group.readFrom(buffer));
    }
}
