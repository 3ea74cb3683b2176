package com.threadly.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.util.IsolationLevel;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Connections with time limits: nothing waits for the database forever. */
final class Connections {

    /** The server detects a dead host within half a minute and releases its sessions' locks. */
    static final String KEEPALIVES = """
            SET tcp_keepalives_idle = 10;
            SET tcp_keepalives_interval = 5;
            SET tcp_keepalives_count = 3;
            """;

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
        // For a network that drops answers: the server's own statement limit applies first.
        config.addDataSourceProperty(
                "socketTimeout", Long.toString(2 * settings.timeout().toSeconds()));
        config.setMaximumPoolSize(settings.poolSize());
        config.setConnectionTimeout(settings.timeout().toMillis());
        // PostgreSQL's default. The pool would ask its first connection for it, and if that one breaks meanwhile, set
        // -1
        // on each later one, which the driver refuses: no connection until a restart.
        config.setTransactionIsolation(IsolationLevel.TRANSACTION_READ_COMMITTED.name());
        // The deployable starts, not ready, while the database is down.
        config.setInitializationFailTimeout(-1);
        long millis = settings.timeout().toMillis();
        config.setConnectionInitSql(KEEPALIVES + String.format(Locale.ROOT, """
                SET statement_timeout = %1$d;
                -- Below the statement's limit: a wait for a lock is reported as such, not as a slow statement.
                SET lock_timeout = %3$d;
                SET idle_in_transaction_session_timeout = %2$d;
                -- A plan cached while a table was empty would keep scanning all of it.
                SET plan_cache_mode = force_custom_plan;
                -- Rows are looked up by key soon after they were written: they are in memory.
                SET random_page_cost = 1.1
                """, millis, 2 * millis, millis * 4 / 5));
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

    /** @param owner what PostgreSQL shows as the name of the connection */
    static Map<String, String> properties(DatabaseSettings settings, String owner) {
        Duration timeout = settings.timeout();
        var properties = new HashMap<String, String>();
        properties.put("ApplicationName", owner);
        properties.put("connectTimeout", Long.toString(timeout.toSeconds()));
        properties.put("loginTimeout", Long.toString(timeout.toSeconds()));
        properties.put("tcpKeepAlive", "true");
        settings.schema().ifPresent(schema -> properties.put("currentSchema", schema));
        return properties;
    }
}
