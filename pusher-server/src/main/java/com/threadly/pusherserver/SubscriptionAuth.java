package com.threadly.pusherserver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jspecify.annotations.Nullable;

/** Checks what an application's authorization endpoint signed for a subscriber. */
final class SubscriptionAuth {

    /** Thrown when a subscription is refused; the client receives the message. */
    static final class Refused extends Exception {
        Refused(String message) {
            super(message);
        }
    }

    private final PusherApp app;
    private final Signer signer;
    private final JsonMapper json;

    SubscriptionAuth(PusherApp app, Signer signer, JsonMapper json) {
        this.app = app;
        this.signer = signer;
        this.json = json;
    }

    /** Returns if {@code auth} was made for this connection, channel and, on a presence channel, user. */
    void verify(String socketId, String channel, @Nullable String auth, @Nullable String channelData) throws Refused {
        String signed = socketId + ":" + channel + (channelData == null ? "" : ":" + channelData);
        String prefix = app.key() + ":";
        if (auth == null || !auth.startsWith(prefix) || !signer.matches(signed, auth.substring(prefix.length()))) {
            throw new Refused("Invalid signature: Expected HMAC SHA256 hex digest of " + signed + ", but got " + auth);
        }
    }

    /** The user's id, if {@code auth} was made for this connection and user. */
    String user(String socketId, @Nullable String auth, @Nullable String userData) throws Refused {
        verify(socketId, ":user:", auth, userData);
        try {
            JsonNode id = json.readTree(String.valueOf(userData)).path("id");
            if (id.isTextual() && !id.asText().isEmpty()) {
                return id.asText();
            }
        } catch (JsonProcessingException e) {
            // The refusal below covers both.
        }
        throw new Refused("user_data has no id");
    }

    ChannelMember member(@Nullable String channelData) throws Refused {
        JsonNode data;
        try {
            data = channelData == null ? json.missingNode() : json.readTree(channelData);
        } catch (JsonProcessingException e) {
            throw new Refused("channel_data is not JSON");
        }
        JsonNode id = data.path("user_id");
        if ((!id.isTextual() && !id.isIntegralNumber()) || id.asText().isEmpty()) {
            throw new Refused("channel_data has no user_id, which a presence channel needs");
        }
        if (id.asText().length() > Limits.USER_ID_LENGTH) {
            throw new Refused("user_id is longer than " + Limits.USER_ID_LENGTH + " characters");
        }
        JsonNode info = data.get("user_info");
        if (info != null && Limits.isLongerThan(Limits.USER_INFO_BYTES, info.toString())) {
            throw new Refused("user_info is longer than " + Limits.USER_INFO_BYTES + " bytes");
        }
        return new ChannelMember(id.asText(), info);
    }
}
