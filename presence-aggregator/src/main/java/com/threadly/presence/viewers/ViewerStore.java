package com.threadly.presence.viewers;

import com.threadly.presence.store.DueIndex;
import com.threadly.presence.store.Keys;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Channels and members of one partition. A signal reads and writes one record, the channel with all its members; for a
 * large channel, also one of its groups. One store for all, distinguished by the first byte of the key: a task then has
 * one RocksDB and one changelog.
 */
final class ViewerStore {

    /** The due members. */
    record GroupId(String channel, int number) {

        private byte[] toBytes() {
            byte[] name = Keys.utf8(channel);
            return ByteBuffer.allocate(name.length + Integer.BYTES)
                    .put(name)
                    .putInt(number)
                    .array();
        }

        private static GroupId of(byte[] bytes) {
            int length = bytes.length - Integer.BYTES;
            return new GroupId(
                    new String(bytes, 0, length, StandardCharsets.UTF_8),
                    ByteBuffer.wrap(bytes).getInt(length));
        }
    }

    private static final char DUE = 'D';

    private final KeyValueStore<Bytes, byte[]> store;
    private final ViewerReads reads;
    private final DueIndex due;

    ViewerStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
        this.reads = new ViewerReads(store);
        this.due = new DueIndex(store, DUE);
    }

    ViewerReads reads() {
        return reads;
    }

    /** Writes changes, and updates the due index. */
    void replace(String name, ChannelState before, ChannelState after) {
        if (!after.equals(before)) {
            store.put(ViewerReads.channelKey(name), after.toBytes());
            due.move(before.first().dueAt(), after.first().dueAt(), new GroupId(name, 0).toBytes());
        }
    }

    void remove(String name) {
        store.put(ViewerReads.channelKey(name), null);
    }

    /** Writes one of the channel's groups, if stored separately; returns the channel with it, not yet written. */
    ChannelState replaceGroup(String name, ChannelState channel, int number, MemberBucket before, MemberBucket after) {
        if (number == 0) {
            return channel.with(after);
        }
        ByteBuffer bytes = ByteBuffer.allocate(after.size());
        after.writeTo(bytes);
        store.put(ViewerReads.groupKey(name, number), bytes.array());
        due.move(before.dueAt(), after.dueAt(), new GroupId(name, number).toBytes());
        return channel;
    }

    /** Adds one group, with members of one of the others. */
    ChannelState grown(String name, ChannelState channel) {
        int last = channel.groups();
        int partner = LinearHashing.partnerOf(last);
        MemberBucket both = reads.group(name, channel, partner);
        replaceGroup(name, channel, last, MemberBucket.EMPTY, both.share(last, last + 1));
        return replaceGroup(name, channel, partner, both, both.share(partner, last + 1))
                .groups(last + 1);
    }

    /** Removes one group, and adds its members to one of the others. */
    ChannelState shrunk(String name, ChannelState channel) {
        int last = channel.groups() - 1;
        int partner = LinearHashing.partnerOf(last);
        MemberBucket other = reads.group(name, channel, last);
        MemberBucket one = reads.group(name, channel, partner);
        store.put(ViewerReads.groupKey(name, last), null);
        return replaceGroup(name, channel, partner, one, one.and(other)).groups(last);
    }

    /** Removes and returns groups that may be due, at least {@code limit} if possible; the caller checks them. */
    List<GroupId> takeDue(long now, int limit) {
        return due.takeDue(now, limit).stream().map(GroupId::of).toList();
    }
}
