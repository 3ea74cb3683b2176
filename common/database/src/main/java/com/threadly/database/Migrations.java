package com.threadly.database;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.jdbi.v3.core.ConnectionException;

/** Migrates the tables; processes that start together take turns. */
final class Migrations {

    private final DatabaseSettings settings;
    private final Tables tables;

    Migrations(DatabaseSettings settings, Tables tables) {
        this.settings = settings;
        this.tables = tables;
    }

    void apply() {
        settings.schema().ifPresent(this::requireSearchPath);
        flyway().migrate();
    }

    /** The names of those that have not been applied. */
    List<String> pending() {
        return Stream.of(flyway().info().pending())
                .map(MigrationInfo::getScript)
                .toList();
    }

    private Flyway flyway() {
        return Connections.migrations(settings, tables)
                .locations("classpath:" + tables.migrations())
                // Its own history: other users of Flyway may share the schema.
                .table(tables.history())
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load();
    }

    /** Otherwise the tables of this schema would be taken for those of another. */
    private void requireSearchPath(String schema) {
        try (var connection = Connections.single(settings, tables.owner());
                var statement = connection.createStatement();
                var path = statement.executeQuery("SHOW search_path")) {
            if (!path.next() || !schema.equals(path.getString(1))) {
                throw new IllegalStateException(
                        ("connections do not begin in the schema %s: a pooler ignores search_path;"
                                        + " let DATABASE_URL lead to PostgreSQL itself")
                                .formatted(schema));
            }
        } catch (SQLException e) {
            throw new ConnectionException(e);
        }
    }
}
