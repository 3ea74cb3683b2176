package com.threadly.presence.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.threadly.presence.viewers.ChannelSnapshot;
import java.time.Instant;
import java.util.List;

/**
 * Who looks at a channel now.
 *
 * @param count members present, the number that {@code presence-count} tells
 * @param distinctUsers users seen in the window
 * @param members ids of those present, in ascending order
 * @param truncated true when there are more members; left out otherwise
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
