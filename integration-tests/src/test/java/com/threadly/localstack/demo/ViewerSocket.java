package com.threadly.localstack.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A browser's connection, of which many fit into one test. */
final class ViewerSocket implements WebSocket.Listener, AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final StringBuilder partial = new StringBuilder();
    private final CompletableFuture<String> socketId = new CompletableFuture<>();
    private final WebSocket socket;
    private volatile boolean isMember;
    private volatile boolean isRefused;
    private volatile long count = -1;

    ViewerSocket(HttpClient http, URI server) {
        socket = http.newWebSocketBuilder().buildAsync(server, this).join();
    }

    String socketId() throws Exception {
        return socketId.get(30, TimeUnit.SECONDS);
    }

    /** Subscribes with what the gateway has signed. */
    void subscribe(String channel, JsonNode signed) throws IOException {
        var data = new HashMap<>(
                Map.of("channel", channel, "auth", signed.path("auth").asText()));
        if (signed.has("channel_data")) {
            data.put("channel_data", signed.path("channel_data").asText());
        }
        var _ = socket.sendText(JSON.writeValueAsString(Map.of("event", "pusher:subscribe", "data", data)), true)
                .join();
    }

    /** Whether the presence channel has admitted it. */
    boolean isMember() {
        return isMember;
    }

    /** Whether the presence channel was full. */
    boolean isRefused() {
        return isRefused;
    }

    /** The last count that was pushed to it; -1 before the first. */
    long count() {
        return count;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence text, boolean last) {
        partial.append(text);
        if (last) {
            take(partial.toString());
            partial.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    private void take(String text) {
        try {
            JsonNode message = JSON.readTree(text);
            String channel = message.path("channel").asText();
            switch (message.path("event").asText()) {
                case "pusher:connection_established" ->
                    socketId.complete(JSON.readTree(message.path("data").asText())
                            .path("socket_id")
                            .asText());
                case "pusher_internal:subscription_succeeded" -> isMember |= channel.startsWith("presence-");
                case "pusher:subscription_error" -> isRefused = true;
                case "presence-count" -> {
                    if (channel.startsWith("private-cache-viewers-")) {
                        count = JSON.readTree(message.path("data").asText())
                                .path("count")
                                .asLong();
                    }
                }
                default -> {
                    // Of no interest here.
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        socket.abort();
    }
}
