package com.threadly.database;

import com.threadly.runtime.retry.UnavailableException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An advisory lock of PostgreSQL, on its own connection: one session per database holds the lock of a name. The server
 * releases it when that connection ends, so a dead process leaves none behind, and a dead host not for long.
 */
public final class SessionLock implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SessionLock.class);

    private static final String TAKE = "SELECT pg_try_advisory_lock(hashtextextended(?, 0))";

    /** The 64-bit key is stored there in two halves. */
    private static final String GRANTED = """
            locktype = 'advisory' AND granted AND objsubid = 1
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                AND (classid::bigint << 32 | objid::bigint) = hashtextextended(%s, 0)
            """;

    private static final String IS_HELD =
            "SELECT EXISTS (SELECT FROM pg_locks WHERE pid = pg_backend_pid() AND " + GRANTED.formatted("?") + ")";

    private static final String HOLDER = """
            SELECT concat('PostgreSQL''s session ', pid, ' (', application_name,
                ' at ' || host(client_addr), ') since ', backend_start)
            FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE
            """ + GRANTED.formatted(":name");

    private final Connection connection;
    private final String name;

    private SessionLock(Connection connection, String name) {
        this.connection = connection;
        this.name = name;
    }

    /**
     * Acquires the lock; empty when another session holds it.
     *
     * @param owner what PostgreSQL shows as the connection's name
     */
    public static Optional<SessionLock> take(DatabaseSettings settings, String owner, String name)
            throws UnavailableException {
        try {
            Connection connection = connected(settings, owner);
            try {
                noticeLostHost(connection);
                if (asked(connection, TAKE, name)) {
                    return Optional.of(new SessionLock(connection, name));
                }
                connection.close();
                return Optional.empty();
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new UnavailableException(
                    "database: " + SqlTrouble.in(e).orElseGet(() -> String.valueOf(e.getMessage())), e);
        }
    }

    /** Who holds the lock called {@code name}, in words for an operator. */
    public static Optional<String> holder(Handle handle, String name) {
        return handle.createQuery(HOLDER).bind("name", name).mapTo(String.class).findFirst();
    }

    /** Whether this session still holds the lock; it does not when its connection is gone. */
    public boolean isHeld() {
        try {
            return asked(connection, IS_HELD, name);
        } catch (SQLException e) {
            return false;
        }
    }

    private static Connection connected(DatabaseSettings settings, String owner) throws SQLException {
        var properties = new Properties();
        properties.putAll(Connections.properties(settings, owner));
        // No answer within this time means no answer at all.
        properties.put("socketTimeout", Long.toString(2 * settings.timeout().toSeconds()));
        settings.user().ifPresent(user -> properties.put("user", user));
        settings.password().ifPresent(password -> properties.put("password", password));
        return DriverManager.getConnection(settings.url().jdbcUrl(), properties);
    }

    private static void noticeLostHost(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(Connections.KEEPALIVES);
        }
    }

    private static boolean asked(Connection connection, String sql, String name) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            try (var result = statement.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            log.atDebug()
                    .setCause(e)
                    .log("failed to close the connection of a lock; the server releases the lock when it notices");
        }
    }
}
