package com.threadly.database;

import com.threadly.localstack.servers.PostgresServer;
import java.time.Duration;
import java.util.Optional;

/** How a test connects as the owner of its databases. */
public final class OwnerSettings {

    private OwnerSettings() {}

    /** With one connection, and more patience than any statement needs. */
    public static DatabaseSettings of(PostgresServer server, String url) {
        return of(server, url, 1, Duration.ofSeconds(10));
    }

    public static DatabaseSettings of(PostgresServer server, String url, int connections, Duration timeout) {
        return new DatabaseSettings(
                DatabaseUrl.parse(url),
                Optional.of(server.user()),
                Optional.of(server.password()),
                connections,
                timeout,
                true,
                Optional.empty());
    }
}
