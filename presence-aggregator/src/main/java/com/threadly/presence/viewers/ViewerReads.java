package com.threadly.presence.viewers;

import com.threadly.presence.store.Keys;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.BytesSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Channels, members and panes of one partition, for whoever only looks at them. */
final class ViewerReads {

    private static final char CHANNEL = 'c';
    private static final char MEMBER = 'm';
    private static final char PANE = 'p';

    private final ReadOnlyKeyValueStore<Bytes, byte[]> store;

    ViewerReads(ReadOnlyKeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    Channel channel(String name) {
        byte[] bytes = store.get(channelKey(name));
        return bytes == null ? Channel.NEW : Channel.of(bytes);
    }

    Optional<Member> member(String channel, String userId) {
        return Optional.ofNullable(store.get(memberKey(channel, userId))).map(Member::of);
    }

    /** Up to {@code limit} of those who are present, in the order of their ids. */
    List<String> present(String channel, int limit) {
        var present = new ArrayList<String>();
        try (var members = store.prefixScan(Keys.key(MEMBER, Keys.ended(channel)), new BytesSerializer())) {
            while (present.size() < limit && members.hasNext()) {
                var member = members.next();
                if (Member.of(member.value).isPresent()) {
                    present.add(Keys.secondName(member.key));
                }
            }
        }
        return present;
    }

    Pane pane(String channel, long start) {
        byte[] sketch = store.get(paneKey(channel, start));
        return sketch == null ? Pane.EMPTY : Pane.of(sketch);
    }

    /** All panes of the channel by their starts, those that are over included. */
    NavigableMap<Long, Pane> panes(String channel) {
        var panes = new TreeMap<Long, Pane>();
        try (var all = store.range(paneKey(channel, 0), paneKey(channel, Long.MAX_VALUE))) {
            all.forEachRemaining(entry -> panes.put(Keys.lastTime(entry.key), Pane.of(entry.value)));
        }
        return panes;
    }

    static Bytes channelKey(String channel) {
        return Keys.key(CHANNEL, Keys.utf8(channel));
    }

    static Bytes memberKey(String channel, String userId) {
        return Keys.key(MEMBER, Keys.ended(channel), Keys.utf8(userId));
    }

    static Bytes paneKey(String channel, long start) {
        return Keys.key(PANE, Keys.ended(channel), Keys.time(start));
    }
}
