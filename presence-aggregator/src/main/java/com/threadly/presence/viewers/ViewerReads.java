package com.threadly.presence.viewers;

import com.threadly.presence.store.Keys;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    /** The channels to which something has happened since they were counted. */
    List<String> changedChannels() {
        var changed = new ArrayList<String>();
        try (var all = store.prefixScan(Keys.key(CHANNEL), new BytesSerializer())) {
            all.forEachRemaining(entry -> {
                if (Channel.of(entry.value).changed()) {
                    changed.add(Keys.onlyName(entry.key));
                }
            });
        }
        return changed;
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

    /** One of the channel's panes, wherever it lies. */
    Pane pane(String name, Channel channel, long start) {
        Optional<Pane> pane = channel.panes().get(start);
        return pane == null ? Pane.EMPTY : pane.orElseGet(() -> paneApart(name, start));
    }

    long distinctUsers(String name, Channel channel) {
        return Pane.distinctUsers(channel.panes().keySet().stream()
                .map(start -> pane(name, channel, start))
                .toList());
    }

    private Pane paneApart(String name, long start) {
        byte[] sketch = store.get(paneKey(name, start));
        return sketch == null ? Pane.EMPTY : Pane.of(sketch);
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
