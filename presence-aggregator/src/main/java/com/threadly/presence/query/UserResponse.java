package com.threadly.presence.query;

import com.threadly.presence.users.UserSnapshot;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * A user's current status.
 *
 * @param status online, away or offline
 * @param lastSeen to the minute, as in pushes
 */
record UserResponse(String userId, String status, Instant lastSeen) {

    static UserResponse of(String userId, UserSnapshot person) {
        return new UserResponse(
                userId,
                person.status().name().toLowerCase(Locale.ROOT),
                Instant.ofEpochMilli(person.lastSeen()).truncatedTo(ChronoUnit.MINUTES));
    }
}
