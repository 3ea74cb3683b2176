package com.threadly.presence.viewers;

import com.threadly.presence.store.DueIndex;
import java.nio.ByteBuffer;

/**
 * What is known of a channel.
 *
 * @param known how many members are known in all groups, those who have left included
 * @param present how many of them are present
 * @param panes when they were last seen, of those for whom it was within the window
 * @param published the count that was told last; none is as good as zero
 * @param publishedAt when it was told
 * @param groups how many groups the members are in
 * @param first the first of them, which is kept here; when it is due, so are panes that are over
 */
record ChannelState(
        int known, int present, Panes panes, Count published, long publishedAt, int groups, MemberBucket first) {

    private static final long NOT_YET = 0;
    private static final int HEAD = 3 * Integer.BYTES + 3 * Long.BYTES;

    static final ChannelState NEW = new ChannelState(0, 0, Panes.NONE, Count.NONE, NOT_YET, 1, MemberBucket.EMPTY);

    boolean wasPublished() {
        return publishedAt != NOT_YET;
    }

    boolean isEmpty() {
        return known == 0;
    }

    /** As of the panes that are here. */
    Count count() {
        return new Count(panes.total(), present);
    }

    boolean hasNews() {
        return !count().equals(published);
    }

    /** With what has become of a member. */
    ChannelState changed(Member before, Member after, ViewerTimings times, long now) {
        int more = before.equals(Member.UNKNOWN) ? 1 : 0;
        int joined = Boolean.compare(after.isPresent(), before.isPresent());
        return new ChannelState(
                known + more,
                present + joined,
                moved(before, after, times, now),
                published,
                publishedAt,
                groups,
                first);
    }

    private Panes moved(Member before, Member after, ViewerTimings times, long now) {
        long from = times.paneOf(before.seenAt());
        long to = times.paneOf(after.seenAt());
        if (from == to) {
            return panes;
        }
        Panes without = panes.oneFewerIn(from);
        return to < times.windowAt(now).start() ? without : without.oneMoreIn(to);
    }

    /** With fewer members, of whom fewer are present. */
    ChannelState fewer(int forgotten, int gone) {
        int left = known - forgotten;
        return new ChannelState(
                left, present - gone, left == 0 ? Panes.NONE : panes, published, publishedAt, groups, first);
    }

    /** Without the panes before {@code start}. */
    ChannelState since(long start) {
        return new ChannelState(known, present, panes.since(start), published, publishedAt, groups, first);
    }

    /** When the oldest pane leaves the window. */
    long panesOverAt(ViewerTimings times) {
        return panes.isEmpty() ? DueIndex.NEVER : times.paneOverAt(panes.first());
    }

    /** As told at {@code now}. */
    ChannelState withPublished(long now) {
        return new ChannelState(known, present, panes, count(), now, groups, first);
    }

    /** When the count, told as zero, need not be kept any longer. */
    long overAt(ViewerTimings times) {
        return wasPublished() && published.equals(Count.NONE) && !hasNews()
                ? times.nextCountAt(publishedAt)
                : DueIndex.NEVER;
    }

    /** As if it had never been told. */
    ChannelState over() {
        return new ChannelState(known, present, panes, Count.NONE, NOT_YET, groups, first);
    }

    ChannelState with(MemberBucket first) {
        return new ChannelState(known, present, panes, published, publishedAt, groups, first);
    }

    ChannelState groups(int number) {
        return new ChannelState(known, present, panes, published, publishedAt, number, first);
    }

    ChannelState dueBy(long time) {
        return with(first.dueBy(time));
    }

    byte[] toBytes() {
        ByteBuffer buffer = ByteBuffer.allocate(HEAD + panes.size() + first.size())
                .putInt(known)
                .putInt(present)
                .putLong(published.distinctUsers())
                .putLong(published.present())
                .putLong(publishedAt)
                .putInt(groups);
        panes.writeTo(buffer);
        first.writeTo(buffer);
        return buffer.array();
    }

    static ChannelState of(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        int known = buffer.getInt();
        int present = buffer.getInt();
        Count published = new Count(buffer.getLong(), buffer.getLong());
        long publishedAt = buffer.getLong();
        int groups = buffer.getInt();
        return new ChannelState(
                known, present, Panes.readFrom(buffer), published, publishedAt, groups, MemberBucket.readFrom(buffer));
    }
}
