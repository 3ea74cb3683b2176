package com.threadly.localstack.servers;

import com.threadly.localstack.process.FreePorts;
import com.threadly.localstack.process.LogTail;
import com.threadly.localstack.process.Watchdog;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * The real PostgreSQL, as separate processes. It can be stopped and started again with the same data and port.
 *
 * <p>PostgreSQL refuses to run as root. For root it is started in a user namespace ({@code unshare -U}), where it runs
 * as nobody.
 */
public final class PostgresServer implements AutoCloseable {

    private static final String USER = "threadly";
    private static final String NAME = "threadly";

    private final PostgresFolder folder;
    private final int port;
    private final Watchdog watchdog;
    private @Nullable EmbeddedPostgres server;

    private PostgresServer(PostgresFolder folder, int port, Watchdog watchdog) {
        this.folder = folder;
        this.port = port;
        this.watchdog = watchdog;
    }

    /** The same, with its log beside its data. */
    public static PostgresServer start(Path programs, Path folder, int port, Watchdog watchdog) {
        return start(programs, folder, folder.resolve("postgresql.log"), port, watchdog);
    }

    /**
     * Starts PostgreSQL on {@code port}. Programs and data are in {@code folder}; existing data is served again.
     *
     * @param programs where its programs are unpacked, once for all databases
     * @param log the log of its programs
     */
    public static PostgresServer start(Path programs, Path folder, Path log, int port, Watchdog watchdog) {
        PostgresServer database = new PostgresServer(PostgresFolder.in(folder, programs, log), port, watchdog);
        database.start();
        try {
            database.createOnce();
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
        return database;
    }

    /** Starts it again after {@link #stop()}; does nothing if it is running. */
    public synchronized void start() {
        if (server != null) {
            return;
        }
        FreePorts.requireFree(port, "PostgreSQL");
        try {
            server = folder.settingsFor(port).start();
            watchdog.guard(folder.postmaster(), Watchdog.Signal.INT);
        } catch (IOException | RuntimeException e) {
            throw new IllegalStateException(
                    "PostgreSQL did not start with its data in " + folder.data()
                            + LogTail.cause(folder.log())
                                    .map(cause -> ": " + cause)
                                    .orElse("")
                            + ". If it refuses to run as root, run as another user"
                            + " or allow user namespaces (unshare -U). Its log, " + folder.log() + ", ends with:\n"
                            + LogTail.of(folder.log()),
                    e);
        }
    }

    /** Stops it at once, even with clients connected; its data remains. */
    public synchronized void stop() {
        EmbeddedPostgres running = server;
        if (running == null) {
            return;
        }
        server = null;
        ProcessHandle postmaster = folder.postmaster();
        try {
            running.close();
        } catch (IOException e) {
            throw new IllegalStateException("PostgreSQL in " + folder.data() + " did not stop", e);
        } finally {
            postmaster.destroyForcibly();
        }
    }

    @Override
    public void close() {
        stop();
    }

    public String jdbcUrl() {
        return jdbcUrl(NAME);
    }

    /** The same database by another port, which leads here. */
    public String jdbcUrlThrough(int otherPort) {
        return jdbcUrl(otherPort, NAME);
    }

    public String user() {
        return USER;
    }

    public String password() {
        return folder.password();
    }

    /** Runs {@code sql} as superuser in the database {@code name}. */
    public void administer(String name, String sql) {
        try (Connection connection =
                        DriverManager.getConnection(jdbcUrl(name), PostgresFolder.SUPERUSER, folder.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL did not run " + sql, e);
        }
    }

    /** Creates another, empty database with the same user; returns its JDBC URL. */
    public String create(String name) {
        asSuperuser("CREATE DATABASE \"" + name + "\" OWNER " + USER);
        return jdbcUrl(name);
    }

    /** Copies the database {@code original}, to which nobody may be connected. */
    public String copy(String original, String name) {
        asSuperuser(
                "CREATE DATABASE \"%s\" TEMPLATE \"%s\" STRATEGY FILE_COPY OWNER %s".formatted(name, original, USER));
        return jdbcUrl(name);
    }

    public void drop(String name) {
        asSuperuser("DROP DATABASE \"" + name + "\" WITH (FORCE)");
    }

    private String jdbcUrl(String name) {
        return jdbcUrl(port, name);
    }

    private static String jdbcUrl(int port, String name) {
        return "jdbc:postgresql://localhost:" + port + "/" + name;
    }

    private void createOnce() {
        try (Connection connection = superuser();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT FROM pg_database WHERE datname = '" + NAME + "'")) {
            if (found.next()) {
                return;
            }
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL on port " + port + " does not answer queries", e);
        }
        asSuperuser("CREATE ROLE " + USER + " LOGIN PASSWORD '" + folder.password() + "'");
        create(NAME);
    }

    private void asSuperuser(String sql) {
        try (Connection connection = superuser();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL on port " + port + " did not create its user or a database", e);
        }
    }

    private Connection superuser() throws SQLException {
        return DriverManager.getConnection(jdbcUrl("postgres"), PostgresFolder.SUPERUSER, folder.password());
    }
}
