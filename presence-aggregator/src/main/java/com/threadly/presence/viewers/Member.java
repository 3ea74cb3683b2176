package com.threadly.presence.viewers;

import com.threadly.presence.sighting.Sighting;
import java.nio.ByteBuffer;

/**
 * What is known of a user on a channel: the latest times, by the events' own clocks, of being here and of leaving.
 *
 * <p>Taking the later of two times does not depend on their order, nor on how often each is told: late, repeated and
 * reordered events all lead to the same member.
 */
record Member(long seenAt, long leftAt) {

    private static final long NEVER = Long.MIN_VALUE;
    private static final int BYTES = 2 * Long.BYTES;

    static final Member UNKNOWN = new Member(NEVER, NEVER);

    Member after(Sighting sighting) {
        return sighting.here()
                ? new Member(Math.max(seenAt, sighting.at()), leftAt)
                : new Member(seenAt, Math.max(leftAt, sighting.at()));
    }

    /** At a tie the user is here: a reload leaves and joins at once, and a wrong "here" heals by the timeout. */
    boolean isPresent() {
        return seenAt != NEVER && seenAt >= leftAt;
    }

    long lastHeardOf() {
        return Math.max(seenAt, leftAt);
    }

    byte[] toBytes() {
        return ByteBuffer.allocate(BYTES).putLong(seenAt).putLong(leftAt).array();
    }

    static Member of(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new Member(buffer.getLong(), buffer.getLong());
    }
}
