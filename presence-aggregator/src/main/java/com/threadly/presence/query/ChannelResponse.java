package com.threadly.presence.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.threadly.presence.viewers.ChannelSnapshot;
import java.time.Instant;
import java.util.List;

/**
 * The current viewers of a channel.
 *
 * @param count members present, as in {@code presence-count}
 * @param distinctUsers users seen in the window
 * @param members ids of members present, in ascending order
 * @param truncated true when there are more members; otherwise omitted
 */
record ChannelResponse(
        String channel,
        long count,
        long distinctUsers,
        Instant windowStart,
        Instant windowEnd,
        List<String> members,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean truncated) {

    static ChannelResponse of(String channel, ChannelSnapshot audience) {
        return new ChannelResponse(
                channel,
                audience.count().present(),
                audience.count().distinctUsers(),
                Instant.ofEpochMilli(audience.window().start()),
                Instant.ofEpochMilli(audience.window().end()),
                audience.members(),
                audience.members().size() < audience.count().present());
    }
}
