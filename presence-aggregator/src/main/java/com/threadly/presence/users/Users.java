package com.threadly.presence.users;

import com.threadly.presence.signal.PresenceSignal;
import com.threadly.presence.store.DueIndex;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Determines the statuses of the users of one partition.
 *
 * <p>A user is online while active on any channel, else away while on any, and offline when on none for longer than a
 * reload takes. The status follows from all signals together, in any order of arrival; one older than the timeout
 * changes nothing. A heartbeat counts only on a channel that the user is on when it arrives.
 */
public final class Users {

    /** Maximum work per tick, so that records do not wait; the rest follows in the next tick. */
    private static final int TICK_LIMIT = 10_000;

    private final UserStore store;
    private final StatusTimings times;
    private final StatusListener statuses;

    public Users(KeyValueStore<Bytes, byte[]> store, StatusTimings times, StatusListener statuses) {
        this.store = new UserStore(store);
        this.times = times;
        this.statuses = statuses;
    }

    /** Applies one signal. */
    public void accept(PresenceSignal published, long now) {
        PresenceSignal signal = published.notAfter(now);
        if (times.isLate(signal.at(), now)) {
            return;
        }
        UserState before = store.user(signal.userId());
        UserState after = before.after(signal, times, now);
        if (!after.equals(before)) {
            settle(signal.userId(), before, after, now);
        }
    }

    /** Handles due users: reports who is away, offline or forgotten. */
    public void tick(long now) {
        for (String userId : store.takeDue(now, TICK_LIMIT)) {
            UserState user = store.user(userId);
            if (user.dueAt() <= now) {
                settle(userId, user.dueAt(DueIndex.NEVER), user, now);
            }
        }
    }

    /** Computes the status of all sessions together, and until when it lasts. */
    private void settle(String userId, UserState before, UserState heardOf, long now) {
        UserState after = heardOf.at(now, times);
        Status status = after.statusAt(now, times);
        if (status != before.published()) {
            statuses.changed(new StatusChanged(userId, status, after.lastSeen(), now));
        }
        long lastsUntil = after.lastsUntil(status, times);
        if (after.sessions().isEmpty() && lastsUntil <= now) {
            store.remove(userId);
            statuses.forgotten(userId);
        } else {
            // A later due time is not written now: the earlier check does it.
            store.replace(userId, before, after.published(status, Math.min(before.dueAt(), lastsUntil)));
        }
    }
}
