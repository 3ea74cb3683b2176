package com.threadly.presence.viewers;

import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Who looks at a channel at a moment.
 *
 * @param members some of those who are present
 */
public record ChannelSnapshot(Count count, Window window, List<String> members) {

    /**
     * As {@code store} knows it at {@code now}.
     *
     * @param limit of the members that are named
     */
    public static ChannelSnapshot of(
            String channel, int limit, long now, ViewerTimings times, ReadOnlyKeyValueStore<Bytes, byte[]> store) {
        var reads = new ViewerReads(store);
        Window window = times.windowAt(now);
        ChannelState known = reads.channel(channel).since(window.start());
        return new ChannelSnapshot(known.count(), window, reads.present(channel, known, limit));
    }
}
