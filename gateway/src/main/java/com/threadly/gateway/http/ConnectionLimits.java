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
 * How many connections there may be, and how long one may take to send the head of its next request, whether it is silent
 * or trickles: Jetty bounds only the silence. A connection on which nobody reads the answer counts as one that waits.
 */
final class ConnectionLimits {

    private static final Duration MAX_WAIT = Duration.ofSeconds(30);

    /** While there are many connections, those that do nothing make room. */
    private static final Duration MAX_WAIT_WHEN_CROWDED = Duration.ofSeconds(2);

    /** @param requests how many had begun on the connection when the wait did */
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

    /** Closes connections that have waited for too long. Call it often, from one thread. */
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
