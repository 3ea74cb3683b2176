package com.threadly.presence.users;

import com.threadly.presence.store.Keys;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.BytesSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Users and sessions of one partition, for whoever only looks at them. */
final class UserReads {

    private static final char USER = 'u';
    private static final char SESSION = 's';

    private final ReadOnlyKeyValueStore<Bytes, byte[]> store;

    UserReads(ReadOnlyKeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    Optional<User> user(String userId) {
        return Optional.ofNullable(store.get(userKey(userId))).map(User::of);
    }

    Session session(String userId, String channel) {
        byte[] bytes = store.get(sessionKey(userId, channel));
        return bytes == null ? Session.UNKNOWN : Session.of(bytes);
    }

    /** All sessions of the user by their channels, those that are over included. */
    Map<String, Session> sessions(String userId) {
        var sessions = new TreeMap<String, Session>();
        try (var all = store.prefixScan(Keys.key(SESSION, Keys.ended(userId)), new BytesSerializer())) {
            all.forEachRemaining(entry -> sessions.put(Keys.secondName(entry.key), Session.of(entry.value)));
        }
        return sessions;
    }

    static Bytes userKey(String userId) {
        return Keys.key(USER, Keys.utf8(userId));
    }

    static Bytes sessionKey(String userId, String channel) {
        return Keys.key(SESSION, Keys.ended(userId), Keys.utf8(channel));
    }
}
