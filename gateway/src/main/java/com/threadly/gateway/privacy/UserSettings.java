package com.threadly.gateway.privacy;

import java.time.Instant;

/**
 * A user's settings.
 *
 * @param appearOffline whether they want to appear offline, whatever they do
 * @param asOf since when; the epoch for those who never changed any
 */
public record UserSettings(boolean appearOffline, Instant asOf) {

    static final UserSettings DEFAULTS = new UserSettings(false, Instant.EPOCH);
}
