package com.threadly.presence.users;

import com.threadly.presence.store.FormerRows;
import com.threadly.presence.store.Keys;
import java.nio.ByteBuffer;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;

/**
 * Reads what releases without a version in their layout have stored: users with their channels. Their index of due
 * times is not needed any more.
 */
final class FormerUsers {

    private static final char USER = 'u';
    private static final char DUE = 'U';

    private FormerUsers() {}

    static boolean isOne(char kind) {
        return kind == USER || kind == DUE;
    }

    static void read(Bytes key, byte[] bytes, Function<String, User> users, StatusTimings times) {
        if (Keys.kind(key) != USER) {
            return;
        }
        ByteBuffer value = ByteBuffer.wrap(bytes);
        User user = users.apply(Keys.name(key));
        user.published = Status.of(value.get());
        user.lastSeen = value.getLong();
        var _ = value.getLong();
        FormerRows.read(value, 3, (channel, at) -> {
            // At a tie, the user was there.
            long left = at[2] == Math.max(at[0], at[1]) ? at[2] - 1 : at[2];
            user.put(new Session(Users.hash(channel), at[0], at[0], at[1], left), times);
        });
    }
}
