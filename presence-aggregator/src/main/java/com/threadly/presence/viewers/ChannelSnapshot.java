package com.threadly.presence.viewers;

import com.threadly.presence.store.Keys;
import com.threadly.presence.store.StoredBytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * The viewers of a channel at one time.
 *
 * @param members some of those present
 */
public record ChannelSnapshot(Count count, Window window, List<String> members) {

    /**
     * From {@code store}, as of its own time.
     *
     * @param limit maximum number of member ids: the first ones in ascending order
     */
    public static ChannelSnapshot of(
            String channel, int limit, ViewerTimings times, ReadOnlyKeyValueStore<Bytes, byte[]> store) {
        Window window = times.windowAt(ViewerStore.clock(store));
        var members = new ArrayList<String>();
        long distinct = 0;
        long present = 0;
        try (var all = ViewerStore.viewersOf(channel, store)) {
            while (all.hasNext()) {
                var entry = all.next();
                ByteBuffer value = StoredBytes.read(entry.value);
                if (value == null) {
                    continue;
                }
                long joinedAt = StoredBytes.time(value);
                long beatAt = StoredBytes.time(value);
                long leftAt = StoredBytes.time(value);
                distinct += Math.max(joinedAt, beatAt) >= window.start() ? 1 : 0;
                if (Viewer.isPresent(joinedAt, beatAt, leftAt)) {
                    present++;
                    if (members.size() < limit) {
                        members.add(Keys.secondName(entry.key));
                    }
                }
            }
        }
        return new ChannelSnapshot(new Count(distinct, present), window, members);
    }
}
