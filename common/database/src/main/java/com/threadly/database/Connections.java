package com.threadly.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.util.IsolationLevel;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Connections with time limits: nothing waits for the database forever. */
final class Connections {

    /** The server detects a dead host within half a minute and releases its sessions' locks. */
    static final Map<String, String> KEEPALIVES =
            Map.of("tcp_keepalives_idle", "10", "tcp_keepalives_interval", "5", "tcp_keepalives_count", "3");

    private Connections() {}

    /** For statements. */
    static HikariConfig pool(DatabaseSettings settings, Tables tables, MeterRegistry metrics) {
        var config = new HikariConfig();
        config.setMetricRegistry(metrics);
        config.setPoolName(tables.owner());
        config.setJdbcUrl(settings.url().jdbcUrl());
        settings.user().ifPresent(config::setUsername);
        settings.password().ifPresent(config::setPassword);
        properties(settings, tables.owner()).forEach(config::addDataSourceProperty);
        if (settings.sessionSettings()) {
            config.addDataSourceProperty("options", options(settings));
        }
        // For a network that drops answers: the server's own statement limit applies first.
        config.addDataSourceProperty(
                "socketTimeout", Long.toString(2 * settings.timeout().toSeconds()));
        config.setMaximumPoolSize(settings.poolSize());
        config.setConnectionTimeout(settings.timeout().toMillis());
        // PostgreSQL's default. The pool would ask its first connection for it, and if that one broke meanwhile, set -1
        // on each later one, which the driver refuses: no connection until a restart.
        config.setTransactionIsolation(IsolationLevel.TRANSACTION_READ_COMMITTED.name());
        // The deployable starts, not ready, while the database is down.
        config.setInitializationFailTimeout(-1);
        return config;
    }

    /** For migrations, which may run long once connected. */
    static FluentConfiguration migrations(DatabaseSettings settings, Tables tables) {
        FluentConfiguration flyway = Flyway.configure()
                .dataSource(
                        settings.url().jdbcUrl(),
                        settings.user().orElse(null),
                        settings.password().orElse(null))
                .jdbcProperties(properties(settings, tables.owner()));
        settings.schema().ifPresent(schema -> flyway.defaultSchema(schema).createSchemas(true));
        return flyway;
    }

    /**
     * What connections begin with, as parameters of their start rather than statements: behind a pooler in transaction
     * mode, a statement would set it for whoever gets the server's session next, and not for us.
     */
    private static String options(DatabaseSettings settings) {
        return Stream.concat(
                        sessionSettings(settings.timeout()).entrySet().stream()
                                .map(setting -> "-c " + setting.getKey() + "=" + setting.getValue()),
                        settings.url().options().stream())
                .collect(Collectors.joining(" "));
    }

    private static Map<String, String> sessionSettings(Duration timeout) {
        long millis = timeout.toMillis();
        var session = new TreeMap<>(KEEPALIVES);
        session.put("statement_timeout", Long.toString(millis));
        // Below the statement's limit: a wait for a lock is reported as such, not as a slow statement.
        session.put("lock_timeout", Long.toString(millis * 4 / 5));
        session.put("idle_in_transaction_session_timeout", Long.toString(2 * millis));
        // Rows are looked up by key soon after they were written: they are in memory.
        session.put("random_page_cost", "1.1");
        return session;
    }

    /** One of its own, without limits for statements. */
    static Connection single(DatabaseSettings settings, String owner) throws SQLException {
        var properties = new Properties();
        properties.putAll(properties(settings, owner));
        // No answer within this time means no answer at all.
        properties.put("socketTimeout", Long.toString(2 * settings.timeout().toSeconds()));
        settings.user().ifPresent(user -> properties.put("user", user));
        settings.password().ifPresent(password -> properties.put("password", password));
        return DriverManager.getConnection(settings.url().jdbcUrl(), properties);
    }

    /** @param owner what PostgreSQL shows as the name of the connection */
    static Map<String, String> properties(DatabaseSettings settings, String owner) {
        Duration timeout = settings.timeout();
        var properties = new HashMap<String, String>();
        properties.put("ApplicationName", owner);
        properties.put("connectTimeout", Long.toString(timeout.toSeconds()));
        properties.put("loginTimeout", Long.toString(timeout.toSeconds()));
        properties.put("tcpKeepAlive", "true");
        // Details of an error are values, such as a message's text.
        properties.put("logServerErrorDetail", "false");
        // A statement by name belongs to one session of the server: behind a pooler, another session may have another
        // statement under that name, which then runs instead. Nor does a plan outlive the data that it was made for.
        properties.put("prepareThreshold", "0");
        settings.schema().ifPresent(schema -> properties.put("currentSchema", schema));
        settings.url().options().ifPresent(options -> properties.put("options", options));
        return properties;
    }
}
