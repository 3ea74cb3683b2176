package com.threadly.payload;

import com.threadly.events.PresenceCount;
import java.time.Instant;

/**
 * The payload of {@code presence-count}.
 *
 * @param count the members present, which is what "12 people viewing" means to whoever reads it: it falls at once when
 *     somebody leaves. The distinct users of the window are for analysis; they would linger for its whole length, and
 *     miss whoever reads a page longer than that without a sign of life.
 */
public record PresenceCountPayload(String channel, long count, Instant windowStart, Instant windowEnd) {

    public static PresenceCountPayload of(PresenceCount count) {
        return new PresenceCountPayload(
                count.getChannel(), count.getPresent(), count.getWindowStart(), count.getWindowEnd());
    }
}
