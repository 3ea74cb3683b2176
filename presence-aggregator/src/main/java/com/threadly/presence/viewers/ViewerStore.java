package com.threadly.presence.viewers;

import com.threadly.presence.store.Agenda;
import com.threadly.presence.store.Keys;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Channels, members and panes of one partition. One store, told apart by the first byte of the key: a task then has one
 * RocksDB and one changelog rather than four.
 */
final class ViewerStore {

    /** The member whose time has come. */
    record MemberId(String channel, String userId) {}

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

    Channel channel(String name) {
        return reads.channel(name);
    }

    /** Writes what has changed; the agenda follows. */
    void replace(String name, Channel before, Channel after) {
        if (after.equals(before)) {
            return;
        }
        store.put(ViewerReads.channelKey(name), after.toBytes());
        channelsDue.move(before.dueAt(), after.dueAt(), Keys.utf8(name));
    }

    void remove(String name, Channel channel) {
        store.delete(ViewerReads.channelKey(name));
        channelsDue.move(channel.dueAt(), Agenda.NEVER, Keys.utf8(name));
    }

    Optional<Member> member(String channel, String userId) {
        return reads.member(channel, userId);
    }

    void put(String channel, String userId, Member member) {
        store.put(ViewerReads.memberKey(channel, userId), member.toBytes());
    }

    void removeMember(String channel, String userId) {
        store.delete(ViewerReads.memberKey(channel, userId));
    }

    Pane pane(String channel, long start) {
        return reads.pane(channel, start);
    }

    void put(String channel, long start, Pane pane) {
        store.put(ViewerReads.paneKey(channel, start), pane.toBytes());
    }

    /** All panes of the channel by their starts; those before {@code start} are removed on the way. */
    SequencedMap<Long, Pane> panesSince(String channel, long start) {
        var panes = reads.panes(channel);
        var over = panes.headMap(start, false);
        over.keySet().forEach(pane -> store.delete(ViewerReads.paneKey(channel, pane)));
        over.clear();
        return panes;
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
