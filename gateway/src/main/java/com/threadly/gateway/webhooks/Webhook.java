package com.threadly.gateway.webhooks;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.threadly.gateway.http.ProblemException;
import com.threadly.payload.JsonMappers;
import com.threadly.runtime.http.Problem;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A webhook of Pusher: events on our channels, in order, with one time. */
record Webhook(Instant time, List<Event> events) {

    /**
     * One event. Its name determines which fields are present.
     *
     * @param data a client event's payload: JSON in a string
     */
    record Event(
            @Nullable String name,
            @Nullable String channel,
            @JsonProperty("user_id") @Nullable String userId,
            @Nullable String event,
            @Nullable JsonNode data) {

        Event of(String user) {
            return new Event(name, channel, user, event, data);
        }
    }

    private record Body(
            @JsonProperty("time_ms") @Nullable Long timeMs,
            @Nullable List<@Nullable Event> events) {}

    /** Pusher adds fields without notice. */
    private static final ObjectMapper JSON = JsonMappers.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** @throws ProblemException when it is not a webhook */
    static Webhook parse(byte[] body) {
        Body read;
        try {
            read = JSON.readValue(body, Body.class);
        } catch (IOException e) {
            throw malformed();
        }
        if (read == null || read.timeMs() == null || read.events() == null) {
            throw malformed();
        }
        return new Webhook(
                Instant.ofEpochMilli(read.timeMs()),
                read.events().stream().map(Webhook::present).toList());
    }

    private static Event present(@Nullable Event event) {
        if (event == null) {
            throw malformed();
        }
        return event;
    }

    private static ProblemException malformed() {
        return new ProblemException(Problem.malformed("the body is not a webhook: {time_ms, events: [{name, …}]}"));
    }
}
