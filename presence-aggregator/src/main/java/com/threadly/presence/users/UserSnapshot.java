package com.threadly.presence.users;

import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Whether a user is here at a moment.
 *
 * @param lastSeen the latest sign; milliseconds since the epoch
 */
public record UserSnapshot(Status status, long lastSeen) {

    /** As {@code store} knows it at {@code now}; empty for whoever was never seen, or is forgotten. */
    public static Optional<UserSnapshot> of(
            String userId, long now, StatusTimings times, ReadOnlyKeyValueStore<Bytes, byte[]> store) {
        return UserStore.find(userId, store).map(user -> new UserSnapshot(user.statusAt(now, times), user.lastSeen()));
    }
}
