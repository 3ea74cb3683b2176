package com.threadly.presence.streams;

import com.threadly.events.PresenceCount;
import com.threadly.events.UserPresence;
import com.threadly.events.UserStatus;
import com.threadly.presence.users.Status;
import com.threadly.presence.users.StatusChanged;
import com.threadly.presence.viewers.CountTaken;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/** The rules' results as events. The same result, published again, has the same id. */
final class Events {

    private Events() {}

    /** A window's counts differ in the time when they were taken; without it, the second would count as a duplicate. */
    static PresenceCount of(CountTaken taken) {
        return PresenceCount.newBuilder()
                .setEventId(id("presence-count", taken.channel(), taken.window().end(), taken.takenAt()))
                .setOccurredAt(Instant.ofEpochMilli(taken.takenAt()))
                .setChannel(taken.channel())
                .setWindowStart(Instant.ofEpochMilli(taken.window().start()))
                .setWindowEnd(Instant.ofEpochMilli(taken.window().end()))
                .setDistinctUsers(taken.count().distinctUsers())
                .setPresent(taken.count().present())
                .setPush(taken.push())
                .build();
    }

    static UserPresence of(StatusChanged changed) {
        return UserPresence.newBuilder()
                .setEventId(id("user-presence", changed.userId(), changed.status(), changed.at()))
                .setOccurredAt(Instant.ofEpochMilli(changed.at()))
                .setUserId(changed.userId())
                .setStatus(status(changed.status()))
                .setLastSeen(Instant.ofEpochMilli(changed.lastSeen()))
                .build();
    }

    private static UserStatus status(Status status) {
        return switch (status) {
            case ONLINE -> UserStatus.ONLINE;
            case AWAY -> UserStatus.AWAY;
            case OFFLINE -> UserStatus.OFFLINE;
        };
    }

    private static UUID id(Object... parts) {
        var name = new StringBuilder();
        for (Object part : parts) {
            name.append(part).append('\n');
        }
        return UUID.nameUUIDFromBytes(name.toString().getBytes(StandardCharsets.UTF_8));
    }
}
