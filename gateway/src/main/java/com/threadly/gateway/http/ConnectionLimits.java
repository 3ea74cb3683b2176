package com.threadly.gateway.http;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;

/**
 * Limits the number of connections, and the time that each has for the head of its next request, whether idle or
 * trickling: Jetty limits only idle time. A connection whose client does not read the response counts as waiting.
 */
final class ConnectionLimits {

    private static final Duration MAX_WAIT = Duration.ofSeconds(30);

    /** While there are many connections, idle ones are closed. */
    private static final Duration MAX_WAIT_WHEN_CROWDED = Duration.ofSeconds(2);

    /** @param requests requests started on the connection before the wait */
    private record Wait(long requests, long since) {}

    private final int maxConnections;
    private final Server server;
    private final LongSupplier nanoTime;
    /** Owned by the thread that calls {@link #endLongWaits()}. */
    private Map<Connection, Wait> waits = new HashMap<>();

    ConnectionLimits(int maxConnections, Server server, LongSupplier nanoTime) {
        this.maxConnections = maxConnections;
        this.server = server;
        this.nanoTime = nanoTime;
        server.addBean(new NetworkConnectionLimit(maxConnections, server));
    }

    /** Closes connections that have waited too long. Call it often, from one thread. */
    void endLongWaits() {
        var endPoints = Arrays.stream(server.getConnectors())
                .map(AbstractConnector.class::cast)
                .flatMap(connector -> connector.getConnectedEndPoints().stream())
                .toList();
        boolean crowded = endPoints.size() > maxConnections / 4 * 3;
        long maxWait = (crowded ? MAX_WAIT_WHEN_CROWDED : MAX_WAIT).toNanos();
        long now = nanoTime.getAsLong();
        var stillWaiting = new HashMap<Connection, Wait>();
        for (EndPoint endPoint : endPoints) {
            Connection connection = endPoint.getConnection();
            if (connection == null || connection.getMessagesIn() > connection.getMessagesOut()) {
                continue;
            }
            Wait wait = waits.get(connection);
            if (wait == null || wait.requests() != connection.getMessagesIn()) {
                wait = new Wait(connection.getMessagesIn(), now);
            }
            stillWaiting.put(connection, wait);
            if (now - wait.since() > maxWait) {
                endPoint.close(new TimeoutException(
                        String.format(Locale.ROOT, "no request within %d ms", maxWait / 1_000_000)));
            }
        }
        waits = stillWaiting;
    }
}
