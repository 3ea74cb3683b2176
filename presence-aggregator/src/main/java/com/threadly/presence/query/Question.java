package com.threadly.presence.query;

import com.threadly.presence.streams.Place;
import com.threadly.presence.streams.Places;
import com.threadly.presence.users.Person;
import com.threadly.presence.users.UserTimes;
import com.threadly.presence.viewers.Audience;
import com.threadly.presence.viewers.Times;

/** What is asked, and how it is answered where its state is. */
sealed interface Question {

    Place place(Places places);

    Answer answer(Place.Here here, long now);

    /**
     * Who looks at a channel.
     *
     * @param limit of the members that are named
     */
    record OfChannel(String channel, int limit, Times times) implements Question {

        @Override
        public Place place(Places places) {
            return places.ofChannel(channel);
        }

        @Override
        public Answer answer(Place.Here here, long now) {
            return Answer.of(ChannelAnswer.of(channel, Audience.of(channel, limit, now, times, here.store())));
        }
    }

    /** Whether a user is here. */
    record OfUser(String userId, UserTimes times) implements Question {

        @Override
        public Place place(Places places) {
            return places.ofUser(userId);
        }

        @Override
        public Answer answer(Place.Here here, long now) {
            return Person.of(userId, now, times, here.store())
                    .map(person -> Answer.of(UserAnswer.of(userId, person)))
                    .orElseGet(() -> Answer.notFound("no sign of this user is known"));
        }
    }
}
