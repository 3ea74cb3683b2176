package com.threadly.presence.viewers;

import com.threadly.presence.store.Agenda;
import com.threadly.presence.store.Keys;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Channels, members and panes of one partition. One store, told apart by the first byte of the key: a task then has one
 * RocksDB and one changelog rather than four.
 */
final class ViewerStore {

    /** The member whose time has come. */
    record MemberId(String channel, String userId) {}

    /** A larger pane does not lie within its channel, which is written with every change. */
    private static final int MAX_PANE_WITHIN = 256;

    private static final char CHANNELS_DUE = 'C';
    private static final char MEMBERS_DUE = 'M';

    private final KeyValueStore<Bytes, byte[]> store;
    private final ViewerReads reads;
    private final Agenda channelsDue;
    private final Agenda membersDue;

    ViewerStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
        this.reads = new ViewerReads(store);
        this.channelsDue = new Agenda(store, CHANNELS_DUE);
        this.membersDue = new Agenda(store, MEMBERS_DUE);
    }

    ViewerReads reads() {
        return reads;
    }

    /** Writes what has changed; the agenda follows. */
    void replace(String name, Channel before, Channel after) {
        if (!after.equals(before)) {
            store.put(ViewerReads.channelKey(name), after.toBytes());
            channelsDue.move(before.dueAt(), after.dueAt(), Keys.utf8(name));
        }
    }

    /** Removes a channel without panes. */
    void remove(String name, Channel channel) {
        store.delete(ViewerReads.channelKey(name));
        channelsDue.move(channel.dueAt(), Agenda.NEVER, Keys.utf8(name));
    }

    /** The channel with another pane; what is too large for it is written at once. */
    Channel with(String name, Channel channel, long start, Pane pane) {
        if (pane.size() <= MAX_PANE_WITHIN) {
            return channel.with(start, Optional.of(pane));
        }
        store.put(ViewerReads.paneKey(name, start), pane.toBytes());
        return channel.with(start, Optional.empty());
    }

    /** The channel without the panes before {@code start}; what lies apart of them is removed at once. */
    Channel since(String name, Channel channel, long start) {
        channel.panes().headMap(start).forEach((over, pane) -> {
            if (pane.isEmpty()) {
                store.delete(ViewerReads.paneKey(name, over));
            }
        });
        return channel.since(start);
    }

    void put(String channel, String userId, Member member) {
        store.put(ViewerReads.memberKey(channel, userId), member.toBytes());
    }

    void removeMember(String channel, String userId) {
        store.delete(ViewerReads.memberKey(channel, userId));
    }

    void forgetAt(long at, String channel, String userId) {
        membersDue.add(at, ViewerReads.memberKey(channel, userId).get());
    }

    List<MemberId> takeMembersDue(long now, int limit) {
        return membersDue.takeDue(now, limit).stream()
                .map(Bytes::wrap)
                .map(key -> new MemberId(Keys.firstName(key), Keys.secondName(key)))
                .toList();
    }

    List<String> takeChannelsDue(long now, int limit) {
        return channelsDue.takeDue(now, limit).stream()
                .map(name -> new String(name, StandardCharsets.UTF_8))
                .toList();
    }
}
