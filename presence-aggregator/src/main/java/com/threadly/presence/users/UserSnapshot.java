package com.threadly.presence.users;

import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * A user's status, as published.
 *
 * @param lastSeen the latest signal; milliseconds since the epoch
 */
public record UserSnapshot(Status status, long lastSeen) {

    /** From {@code store}; empty for users never seen, or forgotten. */
    public static Optional<UserSnapshot> of(String userId, ReadOnlyKeyValueStore<Bytes, byte[]> store) {
        return UserStore.find(userId, store);
    }
}
