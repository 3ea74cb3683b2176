package com.threadly.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.threadly.localstack.process.TcpProxy;
import com.threadly.localstack.testing.Servers;
import com.threadly.runtime.retry.UnavailableException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A primary that becomes read-only while another server replaces it. */
@ExtendWith(Servers.Extension.class)
class FailoverIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int POOL = 4;
    private static final Tables INBOX =
            new Tables("failover", "com/threadly/notification/inbox/migrations", "failover_history");

    @Test
    void writesToTheNewPrimaryWithinSecondsAndSaysWhatIsTrueMeanwhile(@TempDir Path folder, Servers servers)
            throws Exception {
        var old = servers.database();
        try (var replacement = com.threadly.localstack.servers.PostgresServer.start(
                        Servers.postgresPrograms(),
                        folder.resolve("postgres"),
                        servers.ports().next(),
                        servers.watchdog());
                TcpProxy relay = TcpProxy.to(port(old.jdbcUrl()))) {
            String name = servers.unique("failover");
            String before = old.create(name);
            String after = replacement.create(name);
            // The new primary's data comes from the old one.
            open(replacement, after, 1).close();
            execute(old, before, "CREATE TABLE written (id integer PRIMARY KEY)");
            execute(replacement, after, "CREATE TABLE written (id integer PRIMARY KEY)");
            execute(
                    replacement,
                    after,
                    String.format(Locale.ROOT, "ALTER ROLE %s PASSWORD '%s'", old.user(), old.password()));

            try (Database database = open(old, before.replace(":" + port(before), ":" + relay.port()), POOL)) {
                var all = new CyclicBarrier(POOL);
                inParallel(IntStream.range(0, POOL).boxed().toList(), id -> {
                    // As many at once as there are connections, so each is used.
                    return database.<Integer>inTransaction(handle -> {
                                awaitAll(all);
                                return handle.execute("INSERT INTO written VALUES (?)", id);
                            })
                            == 1;
                });

                demote(old, "on");
                try {
                    await().atMost(LIMIT).until(() -> isRefused(old, before));
                    for (int round = 0; round < 3; round++) {
                        assertThatThrownBy(() -> write(database, -1)).isInstanceOf(UnavailableException.class);
                        assertThat(database.trouble())
                                .hasValueSatisfying(cause -> assertThat(cause).contains("read-only"));
                        assertThat(database.<Integer>use(handle -> handle.select("SELECT count(*) FROM written")
                                        .mapTo(Integer.class)
                                        .one()))
                                .isEqualTo(POOL);
                        assertThat(database.trouble()).as("after reading").isPresent();
                        assertThatThrownBy(database::probe).isInstanceOf(UnavailableException.class);
                        assertThat(database.trouble()).as("after a probe").isPresent();
                    }

                    relay.leadTo(port(after));
                    List<Integer> others =
                            IntStream.range(POOL, 10 * POOL).boxed().toList();
                    inParallel(others, id -> retried(database, id));

                    assertThat(rows(old, after)).containsExactlyElementsOf(others);
                    await().atMost(LIMIT).until(() -> database.trouble().isEmpty());
                } finally {
                    demote(old, "off");
                }
            }
        }
    }

    @Test
    void aRefusedWriteIsNotOverBecauseReadingWorks(Servers servers) throws Exception {
        var server = servers.database();
        String url = server.create(servers.unique("refusing"));
        execute(server, url, "CREATE TABLE written (id integer PRIMARY KEY)");
        try (Database database = open(server, url, 1)) {
            execute(server, url, """
                    CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                        RAISE 'could not extend file' USING ERRCODE = 'disk_full';
                    END $$;
                    CREATE TRIGGER full_disk BEFORE INSERT ON written EXECUTE FUNCTION full_disk()
                    """);
            assertThatThrownBy(() -> write(database, 1)).isInstanceOf(UnavailableException.class);

            database.probe();
            assertThat(database.trouble()).isPresent();

            execute(server, url, "DROP TRIGGER full_disk ON written");
            assertThat(write(database, 1)).isTrue();
            await().atMost(LIMIT).until(() -> database.trouble().isEmpty());
        }
    }

    @Test
    void theServerNoticesSoonThatAHostIsGone(Servers servers) throws Exception {
        var server = servers.database();
        try (Database database = open(server, server.create(servers.unique("keepalive")), 1)) {
            // Two hours by default.
            assertThat(database.<String>use(handle -> handle.select("SHOW tcp_keepalives_idle")
                            .mapTo(String.class)
                            .one()))
                    .isEqualTo("10");
        }
    }

    private static boolean write(Database database, int id) throws UnavailableException {
        return database.<Integer>inTransaction(handle -> handle.execute("INSERT INTO written VALUES (?)", id)) == 1;
    }

    /** Like the pipeline, until it is written. */
    private static boolean retried(Database database, int id) {
        return await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptionsInstanceOf(UnavailableException.class)
                .until(() -> write(database, id), written -> written);
    }

    private interface Work {
        boolean on(int id) throws Exception;
    }

    private static void inParallel(List<Integer> ids, Work work) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(POOL)) {
            List<Callable<Boolean>> tasks =
                    ids.stream().<Callable<Boolean>>map(id -> () -> work.on(id)).toList();
            for (var done : threads.invokeAll(tasks)) {
                assertThat(done.get()).isTrue();
            }
        }
    }

    private static void awaitAll(CyclicBarrier all) {
        try {
            all.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Database open(com.threadly.localstack.servers.PostgresServer server, String url, int poolSize) {
        var settings = OwnerSettings.of(server, url, poolSize, Duration.ofSeconds(2));
        Database database = Database.open(settings, INBOX, new SimpleMeterRegistry());
        await().atMost(LIMIT).until(() -> database.trouble().isEmpty());
        return database;
    }

    private static List<Integer> rows(com.threadly.localstack.servers.PostgresServer server, String url)
            throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, server.user(), server.password());
                var statement = connection.createStatement();
                var found = statement.executeQuery("SELECT array_agg(id ORDER BY id) FROM written")) {
            found.next();
            return List.of((Integer[]) found.getArray(1).getArray());
        }
    }

    private static boolean isRefused(com.threadly.localstack.servers.PostgresServer server, String url) {
        try {
            execute(server, url, "CREATE TABLE refused ()");
            execute(server, url, "DROP TABLE refused");
            return false;
        } catch (SQLException e) {
            return true;
        }
    }

    private static void execute(com.threadly.localstack.servers.PostgresServer server, String url, String sql)
            throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, server.user(), server.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** As if the old primary came back as a standby: its sessions remain, and can read. */
    private static void demote(com.threadly.localstack.servers.PostgresServer server, String readOnly)
            throws SQLException {
        String url = server.jdbcUrl().replaceFirst("/[^/]*$", "/postgres");
        try (Connection connection = DriverManager.getConnection(url, "postgres", server.password());
                var statement = connection.createStatement()) {
            statement.execute("ALTER SYSTEM SET default_transaction_read_only = " + readOnly);
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    private static int port(String jdbcUrl) {
        return URI.create(jdbcUrl.substring("jdbc:".length())).getPort();
    }
}
