package com.threadly.presence.viewers;

import com.threadly.presence.signal.PresenceSignal;
import com.threadly.presence.store.PackedTimes;

/**
 * The state of a user on a channel: the latest event times of being seen and of leaving.
 *
 * <p>The later of two times is independent of order and repetition: late, repeated and reordered events all lead to the
 * same member.
 */
record Member(long seenAt, long leftAt) {

    static final Member UNKNOWN = new Member(PackedTimes.NO_TIME, PackedTimes.NO_TIME);

    Member after(PresenceSignal signal) {
        return signal.here()
                ? new Member(Math.max(seenAt, signal.at()), leftAt)
                : new Member(seenAt, Math.max(leftAt, signal.at()));
    }

    /** As of {@code now}: a user not seen for the timeout has left, right after being seen last. */
    Member at(long now, ViewerTimings times) {
        return isPresent() && times.goneAt(seenAt) <= now ? new Member(seenAt, seenAt + 1) : this;
    }

    /** At a tie the user is present: a reload leaves and joins at once, and the timeout corrects a wrong presence. */
    boolean isPresent() {
        return seenAt != PackedTimes.NO_TIME && seenAt >= leftAt;
    }

    /** When no event about it, even a late one, matters any more. */
    long forgottenAt(ViewerTimings times) {
        return times.forgottenAt(Math.max(seenAt, leftAt));
    }

    /** When it changes by itself. */
    long nextAt(ViewerTimings times) {
        return isPresent() ? times.goneAt(seenAt) : forgottenAt(times);
    }
}
