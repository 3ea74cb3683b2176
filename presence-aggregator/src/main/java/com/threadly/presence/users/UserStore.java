package com.threadly.presence.users;

import com.threadly.presence.store.Agenda;
import com.threadly.presence.store.Keys;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** Users and sessions of one partition, in one store. */
final class UserStore {

    private static final char USERS_DUE = 'U';

    private final KeyValueStore<Bytes, byte[]> store;
    private final UserReads reads;
    private final Agenda due;

    UserStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
        this.reads = new UserReads(store);
        this.due = new Agenda(store, USERS_DUE);
    }

    User user(String userId) {
        return reads.user(userId).orElse(User.NEW);
    }

    /** Writes what has changed; the agenda follows. */
    void replace(String userId, User before, User after) {
        if (after.equals(before)) {
            return;
        }
        store.put(UserReads.userKey(userId), after.toBytes());
        due.move(before.dueAt(), after.dueAt(), Keys.utf8(userId));
    }

    void remove(String userId, User user) {
        store.delete(UserReads.userKey(userId));
        due.move(user.dueAt(), Agenda.NEVER, Keys.utf8(userId));
    }

    List<String> takeDue(long now, int limit) {
        return due.takeDue(now, limit).stream()
                .map(userId -> new String(userId, StandardCharsets.UTF_8))
                .toList();
    }

    Session session(String userId, String channel) {
        return reads.session(userId, channel);
    }

    Map<String, Session> sessions(String userId) {
        return reads.sessions(userId);
    }

    void put(String userId, String channel, Session session) {
        store.put(UserReads.sessionKey(userId, channel), session.toBytes());
    }

    void removeSession(String userId, String channel) {
        store.delete(UserReads.sessionKey(userId, channel));
    }
}
