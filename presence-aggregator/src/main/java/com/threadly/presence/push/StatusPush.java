package com.threadly.presence.push;

import com.threadly.events.ChannelNames;
import com.threadly.events.UserPresence;
import com.threadly.payload.Payloads;
import com.threadly.pusher.PushEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Pushes a user's status to the user's channel. Of statuses that wait for Pusher, only the latest is pushed. */
final class StatusPush {

    /**
     * The payload of {@code presence}.
     *
     * @param status online, away or offline
     * @param lastSeen to the minute: more would tell what a user does when
     */
    private record Payload(String userId, String status, Instant lastSeen) {}

    private StatusPush() {}

    static PushEvent of(UserPresence presence) {
        return new PushEvent(
                        ChannelNames.userPresence(presence.getUserId()),
                        "presence",
                        Payloads.json(new Payload(
                                presence.getUserId(),
                                presence.getStatus().name().toLowerCase(Locale.ROOT),
                                presence.getLastSeen().truncatedTo(ChronoUnit.MINUTES))))
                .superseding("presence");
    }
}
