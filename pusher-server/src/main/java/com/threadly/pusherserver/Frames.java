package com.threadly.pusherserver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The text of every message that the server sends. Except for errors and pongs, {@code data} is a string that holds
 * JSON.
 */
final class Frames {

    private static final JsonStringEncoder QUOTES = JsonStringEncoder.getInstance();

    private final JsonMapper json;

    Frames(JsonMapper json) {
        this.json = json;
    }

    static String event(Event event) {
        return frame(event.name(), event.channel(), event.data());
    }

    String connectionEstablished(String socketId, Duration activityTimeout) {
        var data = new LinkedHashMap<String, Object>();
        data.put("socket_id", socketId);
        // At least 1: a client reads 0 as "not set".
        data.put("activity_timeout", Math.max(1, activityTimeout.toSeconds()));
        return "{\"event\":\"pusher:connection_established\",\"data\":" + quoted(write(data)) + "}";
    }

    static String cacheMiss(String channel) {
        return frame("pusher:cache_miss", channel, "{}");
    }

    static String subscribed(String channel) {
        return frame("pusher_internal:subscription_succeeded", channel, "{}");
    }

    String subscribed(String channel, Map<String, ChannelMember> members) {
        var hash = new LinkedHashMap<String, @Nullable JsonNode>();
        members.forEach((id, member) -> hash.put(id, member.info()));
        var presence = new LinkedHashMap<String, Object>();
        presence.put("count", members.size());
        presence.put("ids", members.keySet());
        presence.put("hash", hash);
        return frame("pusher_internal:subscription_succeeded", channel, write(Map.of("presence", presence)));
    }

    String memberAdded(String channel, ChannelMember member) {
        var data = new LinkedHashMap<String, @Nullable Object>();
        data.put("user_id", member.id());
        data.put("user_info", member.info());
        return frame("pusher_internal:member_added", channel, write(data));
    }

    String memberRemoved(String channel, ChannelMember member) {
        return frame("pusher_internal:member_removed", channel, write(Map.of("user_id", member.id())));
    }

    /** A client's event as the others receive it; {@code data} stays as sent, a string or not. */
    static String clientEvent(String channel, String name, JsonNode data, @Nullable ChannelMember sender) {
        return "{\"event\":" + quoted(name) + ",\"channel\":" + quoted(channel) + ",\"data\":" + data
                + (sender == null ? "" : ",\"user_id\":" + quoted(sender.id())) + "}";
    }

    String subscriptionError(String channel, String type, String message, int status) {
        var data = new LinkedHashMap<String, Object>();
        data.put("type", type);
        data.put("error", message);
        data.put("status", status);
        return frame("pusher:subscription_error", channel, write(data));
    }

    static String error(@Nullable Integer code, String message) {
        return "{\"event\":\"pusher:error\",\"data\":{\"code\":" + code + ",\"message\":" + quoted(message) + "}}";
    }

    /** @param userData JSON, as the client sent it */
    static String signedIn(String userData) {
        return "{\"event\":\"pusher:signin_success\",\"data\":{\"user_data\":" + quoted(userData) + "}}";
    }

    static String ping() {
        return "{\"event\":\"pusher:ping\",\"data\":{}}";
    }

    static String pong() {
        return "{\"event\":\"pusher:pong\",\"data\":{}}";
    }

    private static String frame(String name, String channel, String data) {
        var frame = new StringBuilder(data.length() + data.length() / 4 + channel.length() + name.length() + 48);
        frame.append("{\"event\":\"");
        QUOTES.quoteAsString(name, frame);
        frame.append("\",\"channel\":\"");
        QUOTES.quoteAsString(channel, frame);
        frame.append("\",\"data\":\"");
        QUOTES.quoteAsString(data, frame);
        return frame.append("\"}").toString();
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder(text.length() + 16).append('"');
        QUOTES.quoteAsString(text, quoted);
        return quoted.append('"').toString();
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of text and JSON can always be written", e);
        }
    }
}
