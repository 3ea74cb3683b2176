package com.threadly.presence.viewers;

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
     * From {@code store}, as of {@code now}.
     *
     * @param limit maximum number of member ids
     */
    public static ChannelSnapshot of(
            String channel, int limit, long now, ViewerTimings times, ReadOnlyKeyValueStore<Bytes, byte[]> store) {
        var reads = new ViewerReads(store);
        Window window = times.windowAt(now);
        ChannelState known = reads.channel(channel).since(window.start());
        return new ChannelSnapshot(known.count(), window, reads.present(channel, known, limit));
    }
}
