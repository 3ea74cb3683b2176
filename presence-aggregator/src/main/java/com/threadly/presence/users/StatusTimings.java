package com.threadly.presence.users;

import java.time.Duration;

/**
 * The durations that determine a user's status.
 *
 * @param timeout a user not seen on a channel for this long has left it
 * @param awayAfter a user not active for this long is away
 * @param offlineAfter a user on no channel for this long is offline
 * @param forgetAfter a user not seen for this long is forgotten
 */
public record StatusTimings(Duration timeout, Duration awayAfter, Duration offlineAfter, Duration forgetAfter) {

    /** Whether a signal of {@code at} is too old to matter at {@code now}. */
    boolean isLate(long at, long now) {
        return at + timeout.toMillis() <= now;
    }
}
