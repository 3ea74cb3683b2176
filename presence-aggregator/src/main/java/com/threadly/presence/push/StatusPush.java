package com.threadly.presence.push;

import com.threadly.events.ChannelNames;
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
     * The payload.
     *
     * @param status online, away or offline
     * @param lastSeen to the minute: more would tell what a user does when
     */
    private record Payload(String userId, String status, Instant lastSeen) {}

    private StatusPush() {}

    static List<PushEvent> of(String userId, Enum<?> status, Instant lastSeen) {
        String payload = Payloads.json(
                new Payload(userId, status.name().toLowerCase(Locale.ROOT), lastSeen.truncatedTo(ChronoUnit.MINUTES)));
        return Stream.of(
                        ChannelNames.status(userId),
                        // For clients of the release before.
                        ChannelNames.userPresence(userId))
                .map(channel -> new PushEvent(channel, "presence", payload).superseding("presence"))
                .toList();
    }
}
