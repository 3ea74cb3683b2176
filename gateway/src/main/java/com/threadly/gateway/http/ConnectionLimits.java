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
 * trickling, and for the request itself until its answer has been read: Jetty limits only idle time.
 */
final class ConnectionLimits {

    private static final Duration MAX_WAIT = Duration.ofSeconds(30);

    /** While there are many connections, idle ones are closed. */
    private static final Duration MAX_WAIT_WHEN_CROWDED = Duration.ofSeconds(2);

    /**
     * @param requests requests started on the connection before
     * @param answered whether all of them are
     */
    private record Wait(long requests, boolean answered, long since) {

        boolean isThatOf(Connection connection) {
            return requests == connection.getMessagesIn() && answered == isAnswered(connection);
        }

        static boolean isAnswered(Connection connection) {
            return connection.getMessagesIn() <= connection.getMessagesOut();
        }
    }

    private final int maxConnections;
    private final Duration bodyTimeout;
    private final Server server;
    private final LongSupplier nanoTime;
    /** Owned by the thread that calls {@link #endLongWaits()}. */
    private Map<Connection, Wait> waits = new HashMap<>();

    /** @param bodyTimeout what a request may take before it is handled, which takes less time than a wait */
    ConnectionLimits(int maxConnections, Duration bodyTimeout, Server server, LongSupplier nanoTime) {
        this.maxConnections = maxConnections;
        this.bodyTimeout = bodyTimeout;
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
        Duration maxWait = crowded ? MAX_WAIT_WHEN_CROWDED : MAX_WAIT;
        // Both as long: a client has to read an answer sooner or later.
        Duration maxRequest = bodyTimeout.plus(maxWait);
        long now = nanoTime.getAsLong();
        var stillWaiting = new HashMap<Connection, Wait>();
        for (EndPoint endPoint : endPoints) {
            Connection connection = endPoint.getConnection();
            if (connection == null) {
                continue;
            }
            Wait wait = waits.get(connection);
            if (wait == null || !wait.isThatOf(connection)) {
                wait = new Wait(connection.getMessagesIn(), Wait.isAnswered(connection), now);
            }
            stillWaiting.put(connection, wait);
            Duration most = wait.answered() ? maxWait : maxRequest;
            if (now - wait.since() > most.toNanos()) {
                endPoint.close(new TimeoutException(String.format(
                        Locale.ROOT,
                        wait.answered() ? "no request within %d ms" : "its answer was not read within %d ms",
                        most.toMillis())));
            }
        }
        waits = stillWaiting;
    }
}
