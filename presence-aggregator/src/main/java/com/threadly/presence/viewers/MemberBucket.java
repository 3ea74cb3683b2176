package com.threadly.presence.viewers;

import com.threadly.presence.store.DueIndex;
import com.threadly.presence.store.PackedTimes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Members of a channel in one record: all of a small channel, a share of a large one.
 *
 * @param dueAt when to check them again, no later than one of them changes by itself, or {@link DueIndex#NEVER}
 * @param members by their ids
 */
record MemberBucket(long dueAt, PackedTimes members) {

    private static final int SEEN_AT = 0;
    private static final int LEFT_AT = 1;
    private static final int TIMES = 2;

    static final MemberBucket EMPTY = new MemberBucket(DueIndex.NEVER, PackedTimes.empty(TIMES));

    Member member(byte[] userId) {
        int row = members.find(userId);
        return row < 0 ? Member.UNKNOWN : memberIn(row);
    }

    private Member memberIn(int row) {
        return new Member(members.time(row, SEEN_AT), members.time(row, LEFT_AT));
    }

    MemberBucket with(byte[] userId, Member member) {
        return new MemberBucket(dueAt, members.with(userId, member.seenAt(), member.leftAt()));
    }

    /** Due at {@code time}, if not before. */
    MemberBucket dueBy(long time) {
        return time < dueAt ? new MemberBucket(time, members) : this;
    }

    int known() {
        return members.count();
    }

    int present() {
        int present = 0;
        for (int row = 0; row < members.end(); row = members.next(row)) {
            present += memberIn(row).isPresent() ? 1 : 0;
        }
        return present;
    }

    /** As of {@code now}: without members that no longer matter, and due when the next one changes by itself. */
    MemberBucket at(long now, ViewerTimings times) {
        var group = new MemberBucket(
                DueIndex.NEVER, members.where(row -> memberIn(row).forgottenAt(times) > now));
        for (int row = 0; row < group.members.end(); row = group.members.next(row)) {
            Member before = group.memberIn(row);
            Member after = before.at(now, times);
            group = after.equals(before) ? group : group.with(group.members.name(row), after);
            group = group.dueBy(after.nextAt(times));
        }
        return group;
    }

    /** The members that belong to group {@code number} of {@code groups}. */
    MemberBucket share(int number, int groups) {
        return new MemberBucket(
                dueAt, members.where(row -> LinearHashing.groupOf(members.name(row), groups) == number));
    }

    MemberBucket and(MemberBucket other) {
        return new MemberBucket(Math.min(dueAt, other.dueAt), members.and(other.members));
    }

    List<String> namesOfPresent() {
        var names = new ArrayList<String>();
        for (int row = 0; row < members.end(); row = members.next(row)) {
            if (memberIn(row).isPresent()) {
                names.add(new String(members.name(row), StandardCharsets.UTF_8));
            }
        }
        return names;
    }

    /** The size of {@link #writeTo} in bytes. */
    int size() {
        return Long.BYTES + members.end();
    }

    void writeTo(ByteBuffer buffer) {
        members.writeTo(buffer.putLong(dueAt));
    }

    static MemberBucket readFrom(ByteBuffer buffer) {
        return new MemberBucket(buffer.getLong(), PackedTimes.readFrom(buffer, TIMES));
    }
}
