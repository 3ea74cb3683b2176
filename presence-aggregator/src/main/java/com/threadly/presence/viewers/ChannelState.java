package com.threadly.presence.viewers;

import com.threadly.presence.store.DueIndex;
import java.nio.ByteBuffer;

/**
 * The state of a channel.
 *
 * @param known number of known members in all groups, including those who have left
 * @param present number of members present
 * @param panes when members were last seen, if within the window
 * @param published the count published last; none is equivalent to zero
 * @param publishedAt when it was published
 * @param groups number of groups of members
 * @param first the first group, which is stored here; when it is due, so are panes that are over
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

    /** The count by the stored panes. */
    Count count() {
        return new Count(panes.total(), present);
    }

    boolean hasNews() {
        return !count().equals(published);
    }

    /** With a changed member. */
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

    /** With the count published at {@code now}. */
    ChannelState withPublished(long now) {
        return new ChannelState(known, present, panes, count(), now, groups, first);
    }

    /** When the count, published as zero, need not be kept any longer. */
    long overAt(ViewerTimings times) {
        return wasPublished() && published.equals(Count.NONE) && !hasNews()
                ? times.nextCountAt(publishedAt)
                : DueIndex.NEVER;
    }

    /** As if it had never been published. */
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
