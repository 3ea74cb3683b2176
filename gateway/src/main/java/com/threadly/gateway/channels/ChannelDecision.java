package com.threadly.gateway.channels;

/** Whether a user may subscribe to a channel. */
sealed interface ChannelDecision {

    record Allowed() implements ChannelDecision {}

    record Refused(Reason reason) implements ChannelDecision {}

    enum Reason {
        /** The channel is somebody else's. */
        NOT_YOURS,
        /** Everyone may listen, so there is nothing to authorize. */
        PUBLIC,
        /** No channel of ours is called so. */
        UNKNOWN,
        /** No channel can be called so. */
        MALFORMED
    }
}
