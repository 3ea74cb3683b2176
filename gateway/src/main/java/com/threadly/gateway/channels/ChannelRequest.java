package com.threadly.gateway.channels;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.threadly.common.push.Channels;
import com.threadly.common.push.InvalidFieldException;
import com.threadly.gateway.http.Problem;
import com.threadly.gateway.http.ProblemException;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a Pusher client asks when it wants to subscribe: a form as pusher-js sends it, or JSON. */
record ChannelRequest(String socketId, String channel) {

    private static final Pattern SOCKET_ID = Pattern.compile("\\d{1,20}\\.\\d{1,20}");
    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};
    private static final ObjectMapper JSON = new ObjectMapper();

    /** @throws ProblemException when it is not such a request */
    static ChannelRequest parse(@Nullable String contentType, byte[] body) {
        Map<String, ?> fields = isJson(contentType) ? json(body) : form(body);
        String socketId = text(fields, "socket_id");
        if (!SOCKET_ID.matcher(socketId).matches()) {
            throw malformed("socket_id is not one that Pusher gives out");
        }
        try {
            return new ChannelRequest(socketId, Channels.checked("channel_name", text(fields, "channel_name")));
        } catch (InvalidFieldException e) {
            throw malformed(e.getMessage());
        }
    }

    private static boolean isJson(@Nullable String contentType) {
        return contentType != null && contentType.toLowerCase(Locale.ROOT).startsWith("application/json");
    }

    private static Map<String, Object> json(byte[] body) {
        try {
            Map<String, Object> fields = JSON.readValue(body, FIELDS);
            return fields == null ? Map.of() : fields;
        } catch (IOException e) {
            throw malformed("the body is not a JSON object");
        }
    }

    private static Map<String, String> form(byte[] body) {
        var fields = new HashMap<String, String>();
        for (String pair : new String(body, StandardCharsets.UTF_8).split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                fields.putIfAbsent(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return fields;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw malformed("the body is not a form");
        }
    }

    private static String text(Map<String, ?> fields, String name) {
        if (fields.get(name) instanceof String text) {
            return text;
        }
        throw malformed(name + " is missing or not a text");
    }

    private static ProblemException malformed(@Nullable String detail) {
        return new ProblemException(Problem.malformed(String.valueOf(detail)));
    }
}
