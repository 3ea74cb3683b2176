package com.threadly.pusherserver;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the bodies of {@code events} and {@code batch_events}, and rejects what Pusher would reject. */
final class EventRequests {

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Trigger(
            @Nullable String name,
            @Nullable Object data,
            @Nullable String channel,
            @Nullable List<@Nullable String> channels,
            @JsonProperty("socket_id") @Nullable String socketId,
            @Nullable String info) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Batch(@Nullable List<@Nullable Trigger> batch) {}

    /** Events, each with the channel attributes that the request wants returned. */
    record Parsed(List<Event> events, List<String> info) {}

    private final ObjectReader triggers;
    private final ObjectReader batches;

    EventRequests(JsonMapper json) {
        triggers = json.readerFor(Trigger.class);
        batches = json.readerFor(Batch.class);
    }

    Parsed trigger(byte[] body) {
        Trigger trigger = read(triggers, Trigger.class, body);
        List<@Nullable String> channels = channelsOf(trigger);
        if (channels.isEmpty()) {
            throw new ApiException(400, "Missing required parameter: channels");
        }
        if (channels.size() > Limits.CHANNELS_A_TRIGGER) {
            throw new ApiException(400, "An event can go to at most " + Limits.CHANNELS_A_TRIGGER + " channels");
        }
        var events = new ArrayList<Event>(channels.size());
        for (String channel : channels) {
            events.add(event(trigger, channel));
        }
        return new Parsed(events, List.of(trigger.info == null ? "" : trigger.info));
    }

    Parsed batch(byte[] body) {
        List<@Nullable Trigger> batch = read(batches, Batch.class, body).batch;
        if (batch == null) {
            throw new ApiException(400, "Missing required parameter: batch");
        }
        if (batch.size() > Limits.EVENTS_A_BATCH) {
            throw new ApiException(400, "A batch can have at most " + Limits.EVENTS_A_BATCH + " events");
        }
        var events = new ArrayList<Event>(batch.size());
        var info = new ArrayList<String>(batch.size());
        for (Trigger trigger : batch) {
            if (trigger == null) {
                throw new ApiException(400, "An event of the batch is null");
            }
            events.add(event(trigger, trigger.channel));
            info.add(trigger.info == null ? "" : trigger.info);
        }
        return new Parsed(events, info);
    }

    private static List<@Nullable String> channelsOf(Trigger trigger) {
        if (trigger.channels != null) {
            return trigger.channels;
        }
        return trigger.channel == null ? List.of() : List.of(trigger.channel);
    }

    private static Event event(Trigger trigger, @Nullable String channel) {
        if (channel == null || trigger.name == null || trigger.data == null) {
            throw new ApiException(400, "Missing required parameter: an event has a name, a channel and data");
        }
        if (!(trigger.data instanceof String data)) {
            throw new ApiException(400, "Invalid data: it must be a string; encode structured data as JSON");
        }
        Limits.channelProblem(channel).ifPresent(EventRequests::refuse);
        Limits.eventNameProblem(trigger.name).ifPresent(EventRequests::refuse);
        if (trigger.socketId != null && !Limits.isSocketId(trigger.socketId)) {
            refuse("Invalid socket id: " + trigger.socketId);
        }
        if (Limits.isTooLong(data)) {
            throw new ApiException(
                    413,
                    "The data content of this event exceeds the allowed maximum (" + Limits.DATA_BYTES + " bytes)");
        }
        return new Event(channel, trigger.name, data, trigger.socketId);
    }

    private static void refuse(String problem) {
        throw new ApiException(400, problem);
    }

    private static <T> T read(ObjectReader reader, Class<T> type, byte[] body) {
        try {
            T value = reader.readValue(body, type);
            if (value == null) {
                throw new ApiException(400, "The body is empty");
            }
            return value;
        } catch (IOException e) {
            throw new ApiException(400, "The body is not the JSON that this resource expects");
        }
    }
}
