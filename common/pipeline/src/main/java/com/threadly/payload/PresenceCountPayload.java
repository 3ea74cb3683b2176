package com.threadly.payload;

import com.threadly.events.PresenceCount;
import java.time.Instant;

/**
 * The payload of {@code presence-count}.
 *
 * @param count the members present, which is what "12 people viewing" means: it falls at once when a user leaves. The
 * window's distinct users are for analysis: they would linger for its whole length, and miss anyone who reads a page
 * for longer without a signal.
 */
public record PresenceCountPayload(String channel, long count, Instant windowStart, Instant windowEnd) {

    public static PresenceCountPayload of(PresenceCount count) {
        return new PresenceCountPayload(
                count.getChannel(), count.getPresent(), count.getWindowStart(), count.getWindowEnd());
    }
}
