package com.threadly.presence.viewers;

import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Who looks at a channel at a moment.
 *
 * @param members some of those who are present
 */
public record Audience(Count count, Window window, List<String> members) {

    /**
     * As {@code store} knows it at {@code now}.
     *
     * @param limit of the members that are named
     */
    public static Audience of(
            String channel, int limit, long now, Times times, ReadOnlyKeyValueStore<Bytes, byte[]> store) {
        var reads = new ViewerReads(store);
        Window window = times.windowAt(now);
        Channel known = reads.channel(channel).since(window.start());
        return new Audience(known.count(), window, reads.present(channel, known, limit));
    }
}
