package com.threadly.presence.viewers;

import com.threadly.presence.signal.PresenceSignal;
import com.threadly.presence.store.PackedTimes;

/**
 * What is known of a user on a channel: the latest times, by the events' own clocks, of being here and of leaving.
 *
 * <p>Taking the later of two times does not depend on their order, nor on how often each is told: late, repeated and
 * reordered events all lead to the same member.
 */
record Member(long seenAt, long leftAt) {

    static final Member UNKNOWN = new Member(PackedTimes.NO_TIME, PackedTimes.NO_TIME);

    Member after(PresenceSignal signal) {
        return signal.here()
                ? new Member(Math.max(seenAt, signal.at()), leftAt)
                : new Member(seenAt, Math.max(leftAt, signal.at()));
    }

    /** As of {@code now}: who was not seen for the timeout has left, right after the last time of being seen. */
    Member at(long now, ViewerTimings times) {
        return isPresent() && times.goneAt(seenAt) <= now ? new Member(seenAt, seenAt + 1) : this;
    }

    /** At a tie the user is here: a reload leaves and joins at once, and a wrong "here" heals by the timeout. */
    boolean isPresent() {
        return seenAt != PackedTimes.NO_TIME && seenAt >= leftAt;
    }

    /** When nothing that was heard of it, or could still come late, matters any more. */
    long forgottenAt(ViewerTimings times) {
        return times.forgottenAt(Math.max(seenAt, leftAt));
    }

    /** When it changes by itself. */
    long nextAt(ViewerTimings times) {
        return isPresent() ? times.goneAt(seenAt) : forgottenAt(times);
    }
}
