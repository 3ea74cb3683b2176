package com.threadly.presence.users;

import com.threadly.presence.store.DueIndex;
import com.threadly.presence.store.Keys;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** The users of one partition, and when to check them again. */
final class UserStore {

    private static final char USER = 'u';
    private static final char USERS_DUE = 'U';

    private final KeyValueStore<Bytes, byte[]> store;
    private final DueIndex due;

    UserStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
        this.due = new DueIndex(store, USERS_DUE);
    }

    UserState user(String userId) {
        return find(userId, store).orElse(UserState.NEW);
    }

    static Optional<UserState> find(String userId, ReadOnlyKeyValueStore<Bytes, byte[]> store) {
        return Optional.ofNullable(store.get(key(userId))).map(UserState::of);
    }

    /** Writes changes, and updates the due index. */
    void replace(String userId, UserState before, UserState after) {
        store.put(key(userId), after.toBytes());
        due.move(before.dueAt(), after.dueAt(), Keys.utf8(userId));
    }

    /** Removes a user whose time has come. */
    void remove(String userId) {
        store.put(key(userId), null);
    }

    /** Removes and returns users that may be due, at least {@code limit} if possible; the caller checks them. */
    List<String> takeDue(long now, int limit) {
        return due.takeDue(now, limit).stream()
                .map(userId -> new String(userId, StandardCharsets.UTF_8))
                .toList();
    }

    private static Bytes key(String userId) {
        return Keys.key(USER, Keys.utf8(userId));
    }
}
