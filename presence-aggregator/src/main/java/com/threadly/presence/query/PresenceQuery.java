package com.threadly.presence.query;

import com.threadly.presence.streams.StateLocation;
import com.threadly.presence.streams.StateLocator;
import com.threadly.presence.users.UserSnapshot;
import com.threadly.presence.viewers.ChannelSnapshot;
import com.threadly.presence.viewers.ViewerTimings;
import com.threadly.runtime.http.Problem;

/** A query, and how to answer it from local state. */
sealed interface PresenceQuery {

    StateLocation place(StateLocator locator);

    PresenceResponse answer(StateLocation.Local here);

    /**
     * The viewers of a channel.
     *
     * @param limit maximum number of member ids
     */
    record OfChannel(String channel, int limit, ViewerTimings times) implements PresenceQuery {

        @Override
        public StateLocation place(StateLocator locator) {
            return locator.ofChannel(channel);
        }

        @Override
        public PresenceResponse answer(StateLocation.Local here) {
            return PresenceResponse.of(
                    ChannelResponse.of(channel, ChannelSnapshot.of(channel, limit, times, here.store())));
        }
    }

    /** Whether a user is online. */
    record OfUser(String userId) implements PresenceQuery {

        @Override
        public StateLocation place(StateLocator locator) {
            return locator.ofUser(userId);
        }

        @Override
        public PresenceResponse answer(StateLocation.Local here) {
            return UserSnapshot.of(userId, here.store())
                    .map(person -> PresenceResponse.of(UserResponse.of(userId, person)))
                    .orElseGet(() -> PresenceResponse.of(Problem.notFound("this user has not been seen")));
        }
    }
}
