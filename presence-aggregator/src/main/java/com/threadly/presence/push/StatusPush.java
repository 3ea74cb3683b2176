package com.threadly.presence.push;

import com.threadly.events.ChannelNames;
import com.threadly.events.UserPresence;
import com.threadly.payload.Payloads;
import com.threadly.pusher.PushEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Pushes a user's status. Of statuses that wait for Pusher, only the latest is pushed. */
final class StatusPush {

    /**
     * The payload of {@code presence}.
     *
     * @param status online, away or offline
     * @param lastSeen to the minute: more would tell what a user does when
     */
    private record Payload(String userId, String status, Instant lastSeen) {}

    private StatusPush() {}

    static List<PushEvent> of(UserPresence presence) {
        String payload = Payloads.json(new Payload(
                presence.getUserId(),
                presence.getStatus().name().toLowerCase(Locale.ROOT),
                presence.getLastSeen().truncatedTo(ChronoUnit.MINUTES)));
        return Stream.of(
                        ChannelNames.status(presence.getUserId()),
                        // For clients of the release before.
                        ChannelNames.userPresence(presence.getUserId()))
                .map(channel -> new PushEvent(channel, "presence", payload).superseding("presence"))
                .toList();
    }
}
