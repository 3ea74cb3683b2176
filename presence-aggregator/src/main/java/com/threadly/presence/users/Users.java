package com.threadly.presence.users;

import com.threadly.presence.signal.PresenceSignal;
import com.threadly.presence.store.DueIndex;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Says which users of one partition are here.
 *
 * <p>A user is online while active on any channel, else away while on any, and offline when on none for longer than a
 * reload takes. Whatever the order in which signs arrive, the status is that of all of them together; one older than
 * the timeout changes nothing.
 */
public final class Users {

    /** A tick's share of work, so that records are not kept waiting; the rest is for the next tick. */
    private static final int TICK_LIMIT = 10_000;

    private final UserStore store;
    private final StatusTimings times;
    private final StatusListener statuses;

    public Users(KeyValueStore<Bytes, byte[]> store, StatusTimings times, StatusListener statuses) {
        this.store = new UserStore(store);
        this.times = times;
        this.statuses = statuses;
    }

    /** Takes in one sign. */
    public void accept(PresenceSignal published, long now) {
        PresenceSignal signal = published.notAfter(now);
        if (times.isLate(signal.at(), now)) {
            return;
        }
        UserState before = store.user(signal.userId());
        UserState after = before.after(signal, times);
        if (!after.equals(before)) {
            settle(signal.userId(), before, after, now);
        }
    }

    /** Does what has become due: tells who is away, offline or forgotten. */
    public void tick(long now) {
        for (String userId : store.takeDue(now, TICK_LIMIT)) {
            UserState user = store.user(userId);
            if (user.dueAt() <= now) {
                settle(userId, user.dueAt(DueIndex.NEVER), user, now);
            }
        }
    }

    /** Finds out what all sessions say together, and until when. */
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
            // What lasts longer than it did is not put off now: the look that comes too early does it.
            store.replace(userId, before, after.published(status, Math.min(before.dueAt(), lastsUntil)));
        }
    }
}
