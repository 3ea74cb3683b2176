package com.threadly.localstack.command;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who subscribes to a channel in development, with the rights that the channel needs. */
record TailIdentity(@Nullable String userId, List<String> conversations, List<String> orders) {

    private static final String CONVERSATION = "private-conversation-";
    private static final String ORDER = "private-order-";
    private static final String USER = "private-user-";
    private static final String ANYBODY = "tail";

    /** {@code userId} subscribes; if it is null, the channel's own user, or anyone. */
    static TailIdentity of(String channel, @Nullable String userId) {
        if (channel.startsWith(CONVERSATION)) {
            return new TailIdentity(orAnybody(userId), List.of(channel.substring(CONVERSATION.length())), List.of());
        }
        if (channel.startsWith(ORDER)) {
            return new TailIdentity(orAnybody(userId), List.of(), List.of(channel.substring(ORDER.length())));
        }
        if (channel.startsWith(USER)) {
            return new TailIdentity(userId == null ? channel.substring(USER.length()) : userId, List.of(), List.of());
        }
        boolean isPublic = !channel.startsWith("private-") && !channel.startsWith("presence-");
        return new TailIdentity(isPublic ? null : orAnybody(userId), List.of(), List.of());
    }

    private static String orAnybody(@Nullable String userId) {
        return userId == null ? ANYBODY : userId;
    }
}
