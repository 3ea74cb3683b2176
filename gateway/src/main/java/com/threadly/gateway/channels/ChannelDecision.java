package com.threadly.gateway.channels;

import com.pusher.rest.data.PresenceUser;
import java.util.Optional;

/** Whether a user may subscribe to a channel. */
sealed interface ChannelDecision {

    /** The user may; on a presence channel as {@code member}. */
    record Allowed(Optional<PresenceUser> member) implements ChannelDecision {

        Allowed() {
            this(Optional.empty());
        }
    }

    record Refused(Reason reason) implements ChannelDecision {}

    enum Reason {
        /** The channel belongs to other users. */
        NOT_YOURS,
        /** Anyone may subscribe to the channel, but the user has too many of them. */
        TOO_MANY,
        /** The channel is public, so there is nothing to authorize. */
        PUBLIC,
        /** The user is shown to nobody on the channel. */
        NO_MEMBERS,
        /** The user appears as a pseudonym, and the id is too long for one. */
        NO_PSEUDONYM,
        /** No channel of ours has this name. */
        UNKNOWN,
        /** The name is invalid. */
        MALFORMED
    }
}
