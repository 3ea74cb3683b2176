package com.threadly.presence.viewers;

import com.threadly.presence.store.Keys;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.apache.kafka.common.serialization.BytesSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Read access to channels and members of one partition. */
final class ViewerReads {

    private static final char CHANNEL = 'c';
    private static final char GROUP = 'g';

    private final ReadOnlyKeyValueStore<Bytes, byte[]> store;

    ViewerReads(ReadOnlyKeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    ChannelState channel(String name) {
        byte[] bytes = store.get(channelKey(name));
        return bytes == null ? ChannelState.NEW : ChannelState.of(bytes);
    }

    /** Channels whose count differs from the published one. */
    List<String> channelsWithNews() {
        var names = new ArrayList<String>();
        try (var all = store.prefixScan(Keys.key(CHANNEL), new BytesSerializer())) {
            all.forEachRemaining(entry -> {
                if (ChannelState.of(entry.value).hasNews()) {
                    names.add(Keys.onlyName(entry.key));
                }
            });
        }
        return names;
    }

    /** One of the channel's groups, wherever it is stored. */
    MemberBucket group(String name, ChannelState channel, int number) {
        if (number == 0) {
            return channel.first();
        }
        byte[] bytes = store.get(groupKey(name, number));
        return bytes == null ? MemberBucket.EMPTY : MemberBucket.readFrom(ByteBuffer.wrap(bytes));
    }

    /** Up to {@code limit} members present, in the order of their ids. */
    List<String> present(String name, ChannelState channel, int limit) {
        var present = new TreeSet<String>();
        for (int number = 0; number < channel.groups() && present.size() < limit; number++) {
            present.addAll(group(name, channel, number).namesOfPresent());
        }
        return present.stream().limit(limit).toList();
    }

    static Bytes channelKey(String channel) {
        return Keys.key(CHANNEL, Keys.utf8(channel));
    }

    static Bytes groupKey(String channel, int number) {
        return Keys.key(GROUP, Keys.ended(channel), Keys.number(number));
    }
}
