package com.threadly.localstack.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.threadly.localstack.process.FreePorts;
import com.threadly.localstack.process.Watchdog;
import com.threadly.localstack.testing.Servers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.random.RandomGenerator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerIT {

    private final FreePorts ports = new FreePorts(RandomGenerator.getDefault());
    private final Watchdog watchdog = Watchdog.start();

    @TempDir
    private Path folder;

    @AfterEach
    void closeWatchdog() {
        watchdog.close();
    }

    @Test
    void keepsRowsWhileItIsStoppedAndStartedAgain() throws Exception {
        try (PostgresServer database = start(folder, ports.next());
                Connection staysOpen = connect(database)) {
            run(staysOpen, "CREATE TABLE letters (text text)", "INSERT INTO letters VALUES ('kept')");
            database.stop();
            assertThatThrownBy(() -> connect(database)).isInstanceOf(SQLException.class);

            database.start();
            assertThat(letters(database)).isEqualTo("kept");
        }
    }

    @Test
    void servesTheDataOfAnEarlierOne() throws Exception {
        try (PostgresServer database = start(folder, ports.next());
                Connection connection = connect(database)) {
            run(connection, "CREATE TABLE letters (text text)", "INSERT INTO letters VALUES ('kept')");
        }
        try (PostgresServer database = start(folder, ports.next())) {
            assertThat(letters(database)).isEqualTo("kept");
        }
    }

    @Test
    void leavesNoProcess() throws Exception {
        ProcessHandle postmaster;
        try (PostgresServer database = start(folder, ports.next())) {
            postmaster = postmaster(database);
            assertThat(postmaster.isAlive()).isTrue();
        }
        Awaitility.await().until(() -> !postmaster.isAlive());
    }

    @Test
    void wantsThePassword() {
        try (PostgresServer database = start(folder, ports.next())) {
            assertThatThrownBy(() -> DriverManager.getConnection(database.jdbcUrl(), database.user(), "a guess"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void saysWhatToDoWhenThePortIsTaken() {
        int port = ports.next();
        try (PostgresServer first = start(folder.resolve("first"), port)) {
            assertThat(first.jdbcUrl()).contains(":" + port + "/");
            assertThatThrownBy(() -> start(folder.resolve("second"), port))
                    .hasMessageContaining("Port " + port + " is taken, so PostgreSQL cannot");
        }
    }

    private PostgresServer start(Path where, int port) {
        return PostgresServer.start(Servers.postgresPrograms(), where, port, watchdog);
    }

    private static Connection connect(PostgresServer database) throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
    }

    private static ProcessHandle postmaster(PostgresServer database) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl(), "postgres", database.password());
                Statement statement = connection.createStatement();
                ResultSet line =
                        statement.executeQuery("SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)")) {
            line.next();
            return ProcessHandle.of(line.getLong(1)).orElseThrow();
        }
    }

    private static String letters(PostgresServer database) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT text FROM letters")) {
            row.next();
            return row.getString(1);
        }
    }

    private static void run(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
