package com.threadly.presence.viewers;

import com.threadly.presence.store.Agenda;
import com.threadly.presence.store.Rows;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Some members of a channel, kept together: all of a small one, a share of a large one.
 *
 * @param dueAt when to look at them again, never later than one of them changes by itself, or {@link Agenda#NEVER}
 * @param members by their ids
 */
record Group(long dueAt, Rows members) {

    private static final int SEEN_AT = 0;
    private static final int LEFT_AT = 1;
    private static final int TIMES = 2;

    static final Group EMPTY = new Group(Agenda.NEVER, Rows.empty(TIMES));

    Member member(byte[] userId) {
        int row = members.find(userId);
        return row < 0 ? Member.UNKNOWN : memberIn(row);
    }

    private Member memberIn(int row) {
        return new Member(members.time(row, SEEN_AT), members.time(row, LEFT_AT));
    }

    Group with(byte[] userId, Member member) {
        return new Group(dueAt, members.with(userId, member.seenAt(), member.leftAt()));
    }

    /** Due at {@code time}, if not before. */
    Group dueBy(long time) {
        return time < dueAt ? new Group(time, members) : this;
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

    /** As of {@code now}: without those who cannot matter any more, and due when the next of them changes by itself. */
    Group at(long now, Times times) {
        var group = new Group(Agenda.NEVER, members.where(row -> memberIn(row).forgottenAt(times) > now));
        for (int row = 0; row < group.members.end(); row = group.members.next(row)) {
            Member before = group.memberIn(row);
            Member after = before.at(now, times);
            group = after.equals(before) ? group : group.with(group.members.name(row), after);
            group = group.dueBy(after.nextAt(times));
        }
        return group;
    }

    /** Those who, of so many groups, belong to this one. */
    Group share(int number, int groups) {
        return new Group(dueAt, members.where(row -> Sharing.groupOf(members.name(row), groups) == number));
    }

    Group and(Group other) {
        return new Group(Math.min(dueAt, other.dueAt), members.and(other.members));
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

    /** How many bytes {@link #writeTo} takes. */
    int size() {
        return Long.BYTES + members.end();
    }

    void writeTo(ByteBuffer buffer) {
        members.writeTo(buffer.putLong(dueAt));
    }

    static Group readFrom(ByteBuffer buffer) {
        return new Group(buffer.getLong(), Rows.readFrom(buffer, TIMES));
    }
}
