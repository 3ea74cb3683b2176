package com.threadly.database;

import com.threadly.runtime.retry.UnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An advisory lock of PostgreSQL, on its own connection: one session per database holds the lock of a name. The server
 * releases it when that connection ends, so a dead process leaves none behind, and a dead host not for long.
 *
 * <p>It belongs to a transaction that stays open: behind a pooler in transaction mode, the lock of a session would stay
 * with the server's session, for others to use. A transaction without a snapshot or changes keeps no rows from vacuum.
 */
public final class SessionLock implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SessionLock.class);

    private static final String TAKE = "SELECT pg_try_advisory_xact_lock(hashtextextended(?, 0))";

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
            Connection connection = Connections.single(settings, owner);
            try {
                prepare(connection);
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

    private static void prepare(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            // Until the end of the transaction: it is idle for as long as the lock is held.
            statement.execute("SET LOCAL idle_in_transaction_session_timeout = 0");
            for (Map.Entry<String, String> keepalive : Connections.KEEPALIVES.entrySet()) {
                statement.execute("SET LOCAL " + keepalive.getKey() + " = " + keepalive.getValue());
            }
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
