package com.threadly.presence.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.threadly.presence.users.Status;
import com.threadly.presence.users.UserSnapshot;
import com.threadly.runtime.retry.UnavailableException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * A user's current status.
 *
 * @param status online, away or offline
 * @param lastSeen to the minute, as in pushes
 */
record UserResponse(String userId, String status, Instant lastSeen) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static UserResponse of(String userId, UserSnapshot person) {
        return new UserResponse(
                userId,
                person.status().name().toLowerCase(Locale.ROOT),
                Instant.ofEpochMilli(person.lastSeen()).truncatedTo(ChronoUnit.MINUTES));
    }

    /** What another process said; empty when it does not know the user. */
    static Optional<UserSnapshot> read(PresenceResponse response) throws UnavailableException {
        if (response.status() == 404) {
            return Optional.empty();
        }
        if (response.status() != 200) {
            throw new UnavailableException("the status of a user cannot be read: " + response.body());
        }
        try {
            JsonNode user = JSON.readTree(response.body());
            return Optional.of(new UserSnapshot(
                    Status.valueOf(user.path("status").asText().toUpperCase(Locale.ROOT)),
                    Instant.parse(user.path("lastSeen").asText()).toEpochMilli()));
        } catch (JsonProcessingException | IllegalArgumentException | DateTimeParseException e) {
            throw new UnavailableException("another process gave no status of a user", e);
        }
    }
}
