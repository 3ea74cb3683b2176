package com.threadly.presence.viewers;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Channels, members and panes of one partition. One store, told apart by the first byte of the key: a task then has one
 * RocksDB and one changelog rather than four.
 */
final class ViewerStore {

    /** The member whose time has come. */
    record MemberId(String channel, String userId) {}

    private final KeyValueStore<Bytes, byte[]> store;
    private final Agenda agenda;

    ViewerStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
        this.agenda = new Agenda(store);
    }

    Channel channel(String name) {
        byte[] bytes = store.get(Keys.channel(name));
        return bytes == null ? Channel.NEW : Channel.of(bytes);
    }

    /** Writes what has changed; the agenda follows. */
    void replace(String name, Channel before, Channel after) {
        if (after.equals(before)) {
            return;
        }
        store.put(Keys.channel(name), after.toBytes());
        moveDue(name, before.dueAt(), after.dueAt());
    }

    void remove(String name, Channel channel) {
        store.delete(Keys.channel(name));
        moveDue(name, channel.dueAt(), Channel.NEVER);
    }

    Optional<Member> member(String channel, String userId) {
        return Optional.ofNullable(store.get(Keys.member(channel, userId))).map(Member::of);
    }

    void put(String channel, String userId, Member member) {
        store.put(Keys.member(channel, userId), member.toBytes());
    }

    void removeMember(String channel, String userId) {
        store.delete(Keys.member(channel, userId));
    }

    Pane pane(String channel, long start) {
        byte[] sketch = store.get(Keys.pane(channel, start));
        return sketch == null ? Pane.EMPTY : Pane.of(sketch);
    }

    void put(String channel, long start, Pane pane) {
        store.put(Keys.pane(channel, start), pane.toBytes());
    }

    /** All panes of the channel by their starts; those before {@code start} are removed on the way. */
    SequencedMap<Long, Pane> panesSince(String channel, long start) {
        var panes = new TreeMap<Long, Pane>();
        try (var all = store.range(Keys.pane(channel, 0), Keys.pane(channel, Long.MAX_VALUE))) {
            all.forEachRemaining(entry -> panes.put(Keys.paneStart(entry.key), Pane.of(entry.value)));
        }
        var over = panes.headMap(start);
        over.keySet().forEach(pane -> store.delete(Keys.pane(channel, pane)));
        over.clear();
        return panes;
    }

    void forgetAt(long at, String channel, String userId) {
        agenda.add(Agenda.Kind.MEMBER, at, Keys.member(channel, userId).get());
    }

    List<MemberId> takeMembersDue(long now, int limit) {
        return agenda.takeDue(Agenda.Kind.MEMBER, now, limit).stream()
                .map(ViewerStore::memberId)
                .toList();
    }

    List<String> takeChannelsDue(long now, int limit) {
        return agenda.takeDue(Agenda.Kind.CHANNEL, now, limit).stream()
                .map(name -> new String(name, StandardCharsets.UTF_8))
                .toList();
    }

    private void moveDue(String name, long from, long to) {
        if (from == to) {
            return;
        }
        byte[] what = Keys.utf8(name);
        if (from != Channel.NEVER) {
            agenda.remove(Agenda.Kind.CHANNEL, from, what);
        }
        if (to != Channel.NEVER) {
            agenda.add(Agenda.Kind.CHANNEL, to, what);
        }
    }

    private static MemberId memberId(byte[] key) {
        int end = 1;
        while (key[end] != 0) {
            end++;
        }
        return new MemberId(
                new String(key, 1, end - 1, StandardCharsets.UTF_8),
                new String(key, end + 1, key.length - end - 1, StandardCharsets.UTF_8));
    }
}
