package com.threadly.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.threadly.localstack.process.Watchdog;
import com.threadly.localstack.servers.PostgresServer;
import com.threadly.localstack.testing.Servers;
import com.threadly.runtime.retry.UnavailableException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A pooler in transaction mode gives each transaction any session of the server, so nothing may be left in one. The
 * tests with the real PgBouncer need {@code pgbouncer} among the programs of this machine, and are skipped without it.
 */
@ExtendWith(Servers.Extension.class)
class PoolerIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int MESSAGES = 400;
    private static final int WRITERS = 8;
    private static final Tables INBOX =
            new Tables("pooler", "com/threadly/notification/inbox/migrations", "pooler_history");

    @Test
    void statementsLeaveNothingInTheSession(Servers servers) throws Exception {
        PostgresServer server = servers.database();
        try (Database database = open(settings(server, server.create(servers.unique("session")), true))) {
            for (int i = 0; i < 20; i++) {
                int id = i;
                assertThat(database.<Integer>use(handle -> handle.select("SELECT ?::integer", id)
                                .mapTo(Integer.class)
                                .one()))
                        .isEqualTo(id);
            }

            assertThat(strings(database, "SELECT statement FROM pg_prepared_statements"))
                    .isEmpty();
            // The driver sets these by itself, to the same values in every session.
            assertThat(strings(database, "SELECT name FROM pg_settings WHERE source = 'session'"))
                    .isSubsetOf("extra_float_digits", "application_name");
            assertThat(strings(database, "SHOW statement_timeout")).containsExactly("2s");
        }
    }

    @Test
    void aLockBelongsToATransaction(Servers servers) throws Exception {
        PostgresServer server = servers.database();
        DatabaseSettings settings = settings(server, server.create(servers.unique("lock")), true);
        try (Database database = open(settings);
                SessionLock lock = SessionLock.take(settings, "holder", "one").orElseThrow()) {
            assertThat(lock.isHeld()).isTrue();
            assertThat(SessionLock.take(settings, "other", "one")).isEmpty();
            assertThat(strings(database, "SELECT state FROM pg_stat_activity WHERE application_name = 'holder'"))
                    .containsExactly("idle in transaction");
        }
    }

    @Test
    void throughPgBouncerEveryMessageIsStored(@TempDir Path folder, Servers servers) throws Exception {
        PostgresServer server = servers.database();
        String url = server.create(servers.unique("pooled"));
        execute(server, url, "CREATE TABLE message (id integer PRIMARY KEY)");
        execute(server, url, "CREATE TABLE mark (id integer PRIMARY KEY)");
        try (var pooler = PgBouncer.before(server, folder, servers)) {
            DatabaseSettings settings = settings(server, pooler.before(url), false);
            try (Database database = open(settings);
                    var threads = Executors.newFixedThreadPool(WRITERS)) {
                var writes = new ArrayList<Callable<Boolean>>();
                for (int i = 0; i < MESSAGES; i++) {
                    int id = i;
                    // In another order on each connection, so that their names would differ.
                    String table = id / WRITERS % 2 == id % 2 ? "message" : "mark";
                    writes.add(() -> database.<Integer>inTransaction(
                                    handle -> handle.execute("INSERT INTO " + table + " VALUES (?)", id))
                            == 1);
                }
                for (var written : threads.invokeAll(writes)) {
                    assertThat(written.get()).isTrue();
                }
                assertThat(strings(database, "SELECT id FROM message UNION ALL SELECT id FROM mark"))
                        .hasSize(MESSAGES);
                assertThat(strings(database, "SHOW statement_timeout"))
                        .as("what others get")
                        .containsExactly("0");

                try (SessionLock first =
                        SessionLock.take(settings, "first", "one").orElseThrow()) {
                    assertThat(SessionLock.take(settings, "second", "one")).isEmpty();
                    assertThat(first.isHeld()).isTrue();
                }
                await().atMost(LIMIT).until(() -> {
                    Optional<SessionLock> again = SessionLock.take(settings, "third", "one");
                    again.ifPresent(SessionLock::close);
                    return again.isPresent();
                });
            }
        }
    }

    @Test
    void anotherSchemaIsRefusedWherePgBouncerIgnoresIt(@TempDir Path folder, Servers servers) throws Exception {
        PostgresServer server = servers.database();
        String url = server.create(servers.unique("schema"));
        try (var pooler = PgBouncer.before(server, folder, servers);
                Database database = Database.open(
                        settings(server, pooler.before(url), false).in("next"), INBOX, new SimpleMeterRegistry())) {
            await().atMost(LIMIT)
                    .until(() -> database.trouble()
                            .filter(cause -> cause.contains("a pooler ignores search_path"))
                            .isPresent());
        }
    }

    @Test
    void pgBouncerRefusesSessionSettings(@TempDir Path folder, Servers servers) throws Exception {
        PostgresServer server = servers.database();
        String url = server.create(servers.unique("refused"));
        try (var pooler = PgBouncer.before(server, folder, servers);
                Database database =
                        Database.open(settings(server, pooler.before(url), true), INBOX, new SimpleMeterRegistry())) {
            await().atMost(LIMIT)
                    .until(() -> database.trouble()
                            .filter(cause -> cause.contains("DATABASE_SESSION_SETTINGS=false"))
                            .isPresent());
        }
    }

    /** The real one, in transaction mode, with fewer sessions of the server than it has clients. */
    private record PgBouncer(Process process, int port) implements AutoCloseable {

        static PgBouncer before(PostgresServer server, Path folder, Servers servers) throws IOException {
            assumeTrue(
                    Stream.of(System.getenv("PATH").split(File.pathSeparator))
                            .anyMatch(path -> Files.isExecutable(Path.of(path, "pgbouncer"))),
                    "needs pgbouncer");
            int port = servers.ports().next();
            Path users = Files.writeString(
                    folder.resolve("users.txt"),
                    String.format(Locale.ROOT, "\"%s\" \"%s\"%n", server.user(), server.password()));
            Path settings = Files.writeString(
                    folder.resolve("pgbouncer.ini"),
                    String.format(
                            Locale.ROOT,
                            """
                    [databases]
                    * = host=127.0.0.1 port=%d
                    [pgbouncer]
                    listen_addr = 127.0.0.1
                    listen_port = %d
                    unix_socket_dir =
                    auth_type = scram-sha-256
                    auth_file = %s
                    pool_mode = transaction
                    default_pool_size = 4
                    server_round_robin = 1
                    ignore_startup_parameters = extra_float_digits,search_path
                    """,
                            URI.create(server.jdbcUrl().substring("jdbc:".length()))
                                    .getPort(),
                            port,
                            users));
            boolean root = "root".equals(System.getProperty("user.name"));
            var command = new ArrayList<>(root ? List.of("unshare", "-U") : List.of());
            command.addAll(List.of("pgbouncer", settings.toString()));
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("pgbouncer.log").toFile())
                    .start();
            servers.watchdog().guard(process.toHandle(), Watchdog.Signal.TERM);
            await().atMost(LIMIT).until(() -> process.isAlive() && isOpen(port));
            return new PgBouncer(process, port);
        }

        private static boolean isOpen(int port) {
            try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return true;
            } catch (IOException e) {
                return false;
            }
        }

        String before(String url) {
            return url.replaceFirst(":\\d+/", ":" + port + "/");
        }

        @Override
        public void close() {
            process.destroyForcibly().onExit().join();
        }
    }

    private static List<String> strings(Database database, String query) throws UnavailableException {
        return database.use(handle -> handle.select(query).mapTo(String.class).list());
    }

    private static DatabaseSettings settings(PostgresServer server, String url, boolean sessionSettings) {
        return new DatabaseSettings(
                DatabaseUrl.parse(url),
                Optional.of(server.user()),
                Optional.of(server.password()),
                sessionSettings ? 1 : WRITERS,
                Duration.ofSeconds(2),
                sessionSettings,
                Optional.empty());
    }

    private static Database open(DatabaseSettings settings) {
        Database database = Database.open(settings, INBOX, new SimpleMeterRegistry());
        await().atMost(LIMIT).until(() -> database.trouble().isEmpty());
        return database;
    }

    private static void execute(PostgresServer server, String url, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(url, server.user(), server.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
