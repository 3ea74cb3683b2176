package com.threadly.localstack.check;

import java.time.Instant;

/** A push that an event promises. */
sealed interface Expected {

    String channel();

    /**
     * An individual push, once.
     *
     * @param lane pushes of one lane arrive in the order of their events
     */
    record Single(PushId id, String lane) implements Expected {
        @Override
        public String channel() {
            return id.channel();
        }
    }

    /** One more message in the digest of a user, conversation and time window. */
    record Digested(String channel, String conversationId, Instant windowStart) implements Expected {}
}
