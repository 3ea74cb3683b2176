package com.threadly.presence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Accepts all pushes, as Pusher would, and remembers them. */
final class PushRecorder implements AutoCloseable {

    private record Pushed(String channel, String event, JsonNode data) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final List<Pushed> pushed = new CopyOnWriteArrayList<>();
    /** Open while requests are answered. */
    private volatile CountDownLatch gate = new CountDownLatch(0);

    private final AtomicInteger asked = new AtomicInteger();

    PushRecorder() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::take);
        server.start();
    }

    String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** The counts pushed to {@code channel}, in order. */
    List<Long> counts(String channel) {
        return pushed.stream()
                .filter(push -> push.channel().equals(channel) && push.event().equals("presence-count"))
                .map(push -> push.data().get("count").asLong())
                .toList();
    }

    /** The statuses pushed of {@code userId}, in order. */
    List<String> statuses(String userId) {
        return pushed.stream()
                .filter(push -> push.channel().equals("private-cache-status-" + userId)
                        && push.event().equals("presence")
                        && push.data().get("userId").asText().equals(userId))
                .map(push -> push.data().get("status").asText())
                .toList();
    }

    /** From now on requests get no answer, until the result is closed. */
    Silence silence() {
        var closed = new CountDownLatch(1);
        gate = closed;
        return closed::countDown;
    }

    /** The time without answers. */
    interface Silence extends AutoCloseable {

        @Override
        void close();
    }

    /** Requests so far, answered or not. */
    int asked() {
        return asked.get();
    }

    private void take(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        awaitGate();
        try (exchange) {
            for (JsonNode event : JSON.readTree(exchange.getRequestBody()).path("batch")) {
                pushed.add(new Pushed(
                        event.get("channel").asText(),
                        event.get("name").asText(),
                        JSON.readTree(event.get("data").asText())));
            }
            byte[] answer = "{}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private void awaitGate() throws IOException {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new InterruptedIOException(e.getMessage());
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
