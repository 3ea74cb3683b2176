package com.threadly.gateway.channels;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.pusher.rest.Pusher;
import com.pusher.rest.SignatureUtil;
import com.pusher.rest.data.PresenceUser;
import com.threadly.gateway.identity.User;
import com.threadly.payload.Payloads;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Signs authorizations with the app's secret. Each signature is for one socket, so no one else can use it. */
public final class ChannelSigner implements AutoCloseable {

    private record UserData(
            String id, @JsonProperty("user_info") Map<String, String> info) {}

    private record UserAnswer(
            String auth, @JsonProperty("user_data") String data) {}

    private final Pusher pusher;
    private final String key;
    private final String secret;

    /** @param encryptionKey the master key of end-to-end encrypted channels, or null when there are none */
    public ChannelSigner(String appId, String key, String secret, @Nullable String encryptionKey) {
        this.pusher =
                encryptionKey == null ? new Pusher(appId, key, secret) : new Pusher(appId, key, secret, encryptionKey);
        this.key = key;
        this.secret = secret;
    }

    /**
     * The JSON with which a client may subscribe, including an encrypted channel's secret.
     *
     * @param movedTo the channel in which the conversation goes on; clients of Pusher ignore the field
     */
    String channel(String socketId, String channel, @Nullable String movedTo) {
        String signed = pusher.authenticate(socketId, channel);
        return movedTo == null ? signed : with("moved_to", movedTo, signed);
    }

    /** The same for a presence channel. */
    String presence(String socketId, String channel, PresenceUser member) {
        return pusher.authenticate(socketId, channel, member);
    }

    private static String with(String field, String value, String json) {
        int end = json.lastIndexOf('}');
        return json.substring(0, end) + "," + Payloads.json(field) + ":" + Payloads.json(value) + "}";
    }

    /** The JSON that signs a connection in as {@code user}. */
    String user(String socketId, User user) {
        String data = Payloads.json(new UserData(user.id(), user.info()));
        String signature = SignatureUtil.sign(socketId + "::user::" + data, secret);
        return Payloads.json(new UserAnswer(key + ":" + signature, data));
    }

    @Override
    public void close() {
        try {
            pusher.close();
        } catch (Exception e) {
            // It has never opened a connection: signing needs none.
            throw new IllegalStateException(e);
        }
    }
}
