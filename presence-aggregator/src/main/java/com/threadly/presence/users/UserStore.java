package com.threadly.presence.users;

import com.threadly.presence.store.Keys;
import com.threadly.presence.store.StoredBytes;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The durable form of the users of one partition: one record per user. Those on no channel are only here, not in the
 * heap, until they come back or are forgotten; a second record, by time, says when. That a user is erased stays.
 */
final class UserStore {

    static final char HERE = 'A';
    static final char ABSENT = 'O';
    static final char FORGET = 'F';
    static final char ERASED = 'X';
    static final Bytes CLOCK = Keys.key('K');

    private static final int SESSION_TIMES = 4;
    private static final byte[] NOTHING = StoredBytes.allocate(0, 0).array();

    private final KeyValueStore<Bytes, byte[]> store;

    /** No user is to be forgotten earlier. Iterating over deleted keys each time would cost more than the work. */
    private long nothingBefore;

    UserStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    void put(User user) {
        ByteBuffer value = StoredBytes.allocate(
                        1 + SESSION_TIMES * user.sessions.length, 1 + Long.BYTES * user.sessions.length)
                .put(user.published.code());
        StoredBytes.putTime(value, user.lastSeen);
        for (Session session : user.sessions) {
            value.putLong(session.channel());
            StoredBytes.putTime(value, session.joinedAt());
            StoredBytes.putTime(value, session.activeAt());
            StoredBytes.putTime(value, session.awayAt());
            StoredBytes.putTime(value, session.leftAt());
        }
        store.put(Keys.key(HERE, Keys.utf8(user.id)), StoredBytes.all(value));
    }

    static void read(User user, ByteBuffer value, StatusTimings times) {
        user.published = Status.of(value.get());
        user.lastSeen = StoredBytes.time(value);
        while (value.hasRemaining()) {
            user.put(
                    new Session(
                            value.getLong(),
                            StoredBytes.time(value),
                            StoredBytes.time(value),
                            StoredBytes.time(value),
                            StoredBytes.time(value)),
                    times);
        }
    }

    /** The user is on no channel any more. */
    void putAbsent(String userId, long lastSeen, long forgetAt) {
        ByteBuffer value = StoredBytes.allocate(2, 0);
        StoredBytes.putTime(value, lastSeen);
        StoredBytes.putTime(value, forgetAt);
        store.put(Keys.key(HERE, Keys.utf8(userId)), null);
        store.put(Keys.key(ABSENT, Keys.utf8(userId)), StoredBytes.all(value));
        store.put(forgetKey(userId, forgetAt), NOTHING);
        nothingBefore = Math.min(nothingBefore, forgetAt);
    }

    /** Takes the user out of those on no channel; false if there is no such user. */
    boolean takeAbsent(User user) {
        Bytes key = Keys.key(ABSENT, Keys.utf8(user.id));
        ByteBuffer value = content(store.get(key));
        if (value == null) {
            return false;
        }
        user.lastSeen = StoredBytes.time(value);
        store.put(forgetKey(user.id, StoredBytes.time(value)), null);
        store.put(key, null);
        return true;
    }

    /** Takes one user whom to forget is due at {@code now}. */
    Optional<String> takeForgotten(long now) {
        if (now < nothingBefore) {
            return Optional.empty();
        }
        Bytes key;
        try (var next =
                store.range(Keys.key(FORGET, Keys.time(nothingBefore)), Keys.key(FORGET, Keys.time(Long.MAX_VALUE)))) {
            if (!next.hasNext()) {
                nothingBefore = Long.MAX_VALUE;
                return Optional.empty();
            }
            key = next.next().key;
        }
        nothingBefore = Keys.time(key);
        if (nothingBefore > now) {
            return Optional.empty();
        }
        String userId = Keys.nameAfterTime(key);
        store.put(key, null);
        store.put(Keys.key(ABSENT, Keys.utf8(userId)), null);
        return Optional.of(userId);
    }

    void putErased(String userId) {
        store.put(Keys.key(ERASED, Keys.utf8(userId)), NOTHING);
    }

    boolean isErased(String userId) {
        return store.get(Keys.key(ERASED, Keys.utf8(userId))) != null;
    }

    void remove(User user) {
        store.put(Keys.key(HERE, Keys.utf8(user.id)), null);
    }

    private static Bytes forgetKey(String userId, long at) {
        return Keys.key(FORGET, Keys.time(at), Keys.utf8(userId));
    }

    void remove(Bytes key) {
        store.put(key, null);
    }

    void putClock(long now) {
        store.put(CLOCK, StoredBytes.putTime(StoredBytes.allocate(1, 0), now).array());
    }

    long clock() {
        ByteBuffer value = content(store.get(CLOCK));
        return value == null ? Session.NO_TIME : StoredBytes.time(value);
    }

    /** All records, in the order of their keys. */
    KeyValueIterator<Bytes, byte[]> all() {
        return store.all();
    }

    /** The status published last. */
    static Optional<UserSnapshot> find(String userId, ReadOnlyKeyValueStore<Bytes, byte[]> store) {
        ByteBuffer here = content(store.get(Keys.key(HERE, Keys.utf8(userId))));
        if (here != null) {
            return Optional.of(new UserSnapshot(Status.of(here.get()), StoredBytes.time(here)));
        }
        ByteBuffer absent = content(store.get(Keys.key(ABSENT, Keys.utf8(userId))));
        return Optional.ofNullable(absent).map(value -> new UserSnapshot(Status.OFFLINE, StoredBytes.time(value)));
    }

    private static @Nullable ByteBuffer content(byte @Nullable [] value) {
        return value == null ? null : StoredBytes.read(value);
    }
}
