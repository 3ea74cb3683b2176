package com.threadly.pusherserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A raw WebSocket client: it sends anything, and shows every message and the close code. */
final class RawSocket implements AutoCloseable, WebSocket.Listener {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closeCode = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    private volatile boolean reading = true;
    private final WebSocket socket;

    RawSocket(String uri) {
        socket = client.newWebSocketBuilder().buildAsync(URI.create(uri), this).join();
    }

    @Override
    public void onOpen(WebSocket webSocket) {
        webSocket.request(1);
    }

    /** Stops reading from the socket, so that its buffers fill. */
    void stopReading() {
        reading = false;
    }

    void readAgain() {
        reading = true;
        socket.request(1);
    }

    private void more(WebSocket webSocket) {
        if (reading) {
            webSocket.request(1);
        }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            messages.add(partial.toString());
            partial.setLength(0);
        }
        more(webSocket);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closeCode.complete(statusCode);
        return null;
    }

    void send(String message) {
        socket.sendText(message.replace('\'', '"'), true).join();
    }

    /** The next message; fails if there is none. */
    JsonNode next() throws InterruptedException, JsonProcessingException {
        String message = messages.poll(10, TimeUnit.SECONDS);
        assertThat(message).as("a message").isNotNull();
        return JSON.readTree(message);
    }

    /** The next message, which must be this event. */
    JsonNode next(String event) throws InterruptedException, JsonProcessingException {
        JsonNode message = next();
        assertThat(message.path("event").asText()).as(message.toString()).isEqualTo(event);
        return message;
    }

    /** The socket id from the greeting. */
    String socketId() throws InterruptedException, JsonProcessingException {
        return JSON.readTree(next("pusher:connection_established").path("data").asText())
                .path("socket_id")
                .asText();
    }

    int closeCode() {
        return closeCode.orTimeout(10, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        socket.abort();
        client.shutdownNow();
    }
}
