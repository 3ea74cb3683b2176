package com.threadly.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.threadly.gateway.access.AccessStore;
import com.threadly.localstack.testing.Servers;
import com.threadly.notification.inbox.InboxTables;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the roles of deploy/database-roles.sql may do. */
@ExtendWith(Servers.Extension.class)
class DatabaseRolesIT {

    private static final Path SCRIPT =
            Path.of(System.getProperty("threadly.home", ".."), "deploy", "database-roles.sql");
    private static final String PASSWORD = "a password of this test";

    private final Servers servers;
    private final String name;
    private final String url;

    DatabaseRolesIT(Servers servers) {
        this.servers = servers;
        this.name = servers.unique("roles");
        this.url = servers.database().create(name);
    }

    @BeforeEach
    void createRoles() throws IOException {
        runScript();
        for (String role : new String[] {"threadly_inbox", "threadly_gateway"}) {
            servers.database().administer(name, "ALTER ROLE " + role + " PASSWORD '" + PASSWORD + "'");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theGatewayReadsInboxesAndChangesNothingInThem(boolean gatewayFirst) throws Exception {
        migrate(gatewayFirst);
        migrate(!gatewayFirst);

        try (Connection gateway = connect("threadly_gateway");
                Statement statement = gateway.createStatement()) {
            for (String table : new String[] {"notification", "inbox", "early_read"}) {
                statement.execute("SELECT * FROM " + table);
                for (String change : new String[] {
                    "TRUNCATE %s",
                    "DELETE FROM %s",
                    "DROP TABLE %s",
                    "ALTER TABLE %s ADD COLUMN more text",
                    "UPDATE %s SET user_id = user_id",
                    "CREATE INDEX ON %s (user_id)"
                }) {
                    refused(statement, String.format(Locale.ROOT, change, table));
                }
            }
            refused(statement, "SELECT * FROM digest_message");
            refused(statement, "SELECT * FROM pushed_event");
            refused(statement, "SELECT * FROM notification_migration");
            refused(statement, "CREATE SCHEMA more");
            refused(statement, "CREATE ROLE more");
        }
    }

    @Test
    void theWorkerDoesNotTouchWhatDecidesAboutAccess() throws Exception {
        migrate(true);
        migrate(false);

        try (Connection inbox = connect("threadly_inbox");
                Statement statement = inbox.createStatement()) {
            refused(statement, "SELECT * FROM conversation_participant");
            refused(statement, "UPDATE order_party SET user_ids = '{}'");
            refused(statement, "TRUNCATE user_settings");
            statement.execute("CREATE SCHEMA public_rebuild");
        }
    }

    @Test
    void tablesFromBeforeThereWereRolesChangeTheirOwner() throws Exception {
        var owner = OwnerSettings.of(servers.database(), url);
        migrate(owner, true);
        migrate(owner, false);

        runScript();

        migrate(true);
        migrate(false);
        try (Connection gateway = connect("threadly_gateway");
                Statement statement = gateway.createStatement()) {
            statement.execute("TRUNCATE conversation_participant");
            statement.execute("SELECT * FROM notification");
            refused(statement, "TRUNCATE notification");
        }
    }

    private void runScript() throws IOException {
        servers.database().administer(name, Files.readString(SCRIPT));
    }

    /** As the deployable's start does, with its own role. */
    private void migrate(boolean gateway) {
        migrate(
                new DatabaseSettings(
                        DatabaseUrl.parse(url),
                        Optional.of(gateway ? "threadly_gateway" : "threadly_inbox"),
                        Optional.of(PASSWORD),
                        1,
                        Duration.ofSeconds(10),
                        true,
                        Optional.empty()),
                gateway);
    }

    private static void migrate(DatabaseSettings settings, boolean gateway) {
        var metrics = new SimpleMeterRegistry();
        try (Database database = gateway ? AccessStore.open(settings, metrics) : InboxTables.open(settings, metrics)) {
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(database.trouble()).isEmpty());
        }
    }

    private Connection connect(String role) throws SQLException {
        return DriverManager.getConnection(url, role, PASSWORD);
    }

    private static void refused(Statement statement, String sql) {
        assertThatThrownBy(() -> statement.execute(sql))
                .as(sql)
                .isInstanceOf(SQLException.class)
                .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("42501"));
    }
}
