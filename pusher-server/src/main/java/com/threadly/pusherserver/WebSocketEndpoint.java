package com.threadly.pusherserver;

import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsConnectContext;
import io.javalin.websocket.WsContext;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;

/** Accepts clients' sockets: the greeting, and the codes for those that are refused. */
final class WebSocketEndpoint implements AutoCloseable {

    private static final String CONNECTION = "connection";
    private static final int OLDEST_PROTOCOL = 5;
    private static final int NEWEST_PROTOCOL = 7;
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    private final PusherApp app;
    private final PusherServerOptions options;
    private final ClientMessages messages;
    private final Frames frames;
    private final Counters counters;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicLong lastSocket = new AtomicLong();

    WebSocketEndpoint(
            PusherApp app, PusherServerOptions options, ClientMessages messages, Frames frames, Counters counters) {
        this.app = app;
        this.options = options;
        this.messages = messages;
        this.frames = frames;
        this.counters = counters;
    }

    /** Serves {@code /app/{key}}. */
    void app(WsConfig ws) {
        ws.onConnect(this::connect);
        ws.onMessage(message -> {
            Connection connection = message.attribute(CONNECTION);
            if (connection != null) {
                messages.handle(connection, message.message());
            }
        });
        ws.onClose(this::disconnect);
    }

    /** Refuses any other path. */
    void anyOtherPath(WsConfig ws) {
        ws.onConnect(context -> connection(context.session).fail(4005, "Path not found"));
    }

    private void connect(WsConnectContext context) {
        // Silence is judged by the protocol's own pings, not by the socket's.
        context.session.setIdleTimeout(Duration.ZERO);
        Connection connection = connection(context.session);
        String key = context.pathParam("key");
        if (!Signer.sameText(app.key(), key)) {
            connection.fail(4001, "App key " + key + " not in this cluster. Did you forget to specify the cluster?");
            return;
        }
        Refusal refusal = protocolProblem(context.queryParam("protocol"));
        if (refusal != null) {
            connection.fail(refusal.code, refusal.message);
            return;
        }
        context.attribute(CONNECTION, connection);
        counters.connections.increment();
        connections.add(connection);
        connection.send(frames.connectionEstablished(connection.socketId(), options.activityTimeout()));
    }

    private void disconnect(WsContext context) {
        Connection connection = context.attribute(CONNECTION);
        if (connection != null && connections.remove(connection)) {
            counters.connections.decrement();
            connection.closed();
        }
    }

    private record Refusal(int code, String message) {}

    private static @Nullable Refusal protocolProblem(@Nullable String protocol) {
        if (protocol == null || protocol.isEmpty()) {
            return new Refusal(4008, "No protocol version supplied");
        }
        try {
            int version = Integer.parseInt(protocol);
            return version >= OLDEST_PROTOCOL && version <= NEWEST_PROTOCOL
                    ? null
                    : new Refusal(4007, "Unsupported protocol version " + version);
        } catch (NumberFormatException e) {
            return new Refusal(4006, "Invalid version string format");
        }
    }

    private Connection connection(Session session) {
        String socketId = ThreadLocalRandom.current().nextInt(1, 1_000_000) + "." + lastSocket.incrementAndGet();
        return new Connection(socketId, session, options.maxQueuedBytes(), counters);
    }

    /** Pings silent clients and closes dead connections, until interrupted. */
    void watchSilence() {
        Duration step = options.activityTimeout().dividedBy(4);
        Duration second = Duration.ofSeconds(1);
        try {
            while (true) {
                Thread.sleep(step.compareTo(second) < 0 ? step : second);
                connections.forEach(
                        connection -> connection.checkAlive(options.activityTimeout(), options.pongTimeout()));
            }
        } catch (InterruptedException e) {
            // The server is stopping.
        }
    }

    /** Asks every client to reconnect, and waits only briefly for those that do not respond. */
    @Override
    public void close() {
        CompletableFuture<?>[] closed = connections.stream()
                .map(connection -> connection.close(4200, "The server is stopping; reconnect"))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(closed)
                .completeOnTimeout(null, CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(_ -> null)
                .join();
    }
}
