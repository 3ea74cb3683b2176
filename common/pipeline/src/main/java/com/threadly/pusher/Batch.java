package com.threadly.pusher;

import java.util.ArrayList;
import java.util.List;

/**
 * The content of one request.
 *
 * @param channels the events' channels; nothing else of them is sent until the batch is done
 * @param superseded events that no longer need to be sent
 * @param throttled channels at their rate limit
 */
record Batch(
        List<QueuedPush> events, List<ChannelQueue> channels, List<QueuedPush> superseded, List<Throttled> throttled) {

    record Throttled(ChannelQueue channel, long nanos) {}

    Batch() {
        this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(0), new ArrayList<>(0));
    }

    boolean isEmpty() {
        return channels.isEmpty();
    }
}
