package com.threadly.pusher;

import java.util.ArrayList;
import java.util.List;

/**
 * The content of one request.
 *
 * @param channels whose events these are; nothing else of them is sent until the batch has been dealt with
 * @param superseded what need not be sent any more
 * @param throttled channels that have had what they may have for now
 * @param round of {@link InFlightLimit}
 */
record Batch(
        List<QueuedPush> events,
        List<ChannelQueue> channels,
        List<QueuedPush> superseded,
        List<Throttled> throttled,
        int round) {

    record Throttled(ChannelQueue channel, long nanos) {}

    Batch(int round) {
        this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(0), new ArrayList<>(0), round);
    }

    boolean isEmpty() {
        return channels.isEmpty();
    }
}
