package com.threadly.presence.query;

import com.threadly.presence.users.Person;
import java.time.Instant;
import java.util.Locale;

/**
 * Whether a user is here now.
 *
 * @param status online, away or offline
 */
record UserAnswer(String userId, String status, Instant lastSeen) {

    static UserAnswer of(String userId, Person person) {
        return new UserAnswer(
                userId, person.status().name().toLowerCase(Locale.ROOT), Instant.ofEpochMilli(person.lastSeen()));
    }
}
