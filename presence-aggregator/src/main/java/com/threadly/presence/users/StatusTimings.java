package com.threadly.presence.users;

import java.time.Duration;

/**
 * The spans that decide a user's status.
 *
 * @param timeout a channel has no user who was not seen on it for so long
 * @param awayAfter whoever was not active for so long is away
 * @param offlineAfter whoever is on no channel for so long is offline
 * @param forgetAfter whoever was not seen for so long is forgotten
 */
public record StatusTimings(Duration timeout, Duration awayAfter, Duration offlineAfter, Duration forgetAfter) {

    /** Whether what happened at {@code at} is too old to matter at {@code now}. */
    boolean isLate(long at, long now) {
        return at + timeout.toMillis() <= now;
    }
}
