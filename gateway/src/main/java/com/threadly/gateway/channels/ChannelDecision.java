package com.threadly.gateway.channels;

/** Whether a user may subscribe to a channel. */
sealed interface ChannelDecision {

    record Allowed() implements ChannelDecision {}

    record Refused(Reason reason) implements ChannelDecision {}

    enum Reason {
        /** The channel belongs to other users. */
        NOT_YOURS,
        /** Anyone may subscribe to the channel, but the user has too many of them. */
        TOO_MANY,
        /** The channel is public, so there is nothing to authorize. */
        PUBLIC,
        /** No channel of ours has this name. */
        UNKNOWN,
        /** The name is invalid. */
        MALFORMED
    }
}
