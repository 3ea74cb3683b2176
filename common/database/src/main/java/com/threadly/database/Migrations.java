package com.threadly.database;

import java.sql.SQLException;
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
        Connections.migrations(settings, tables)
                .locations("classpath:" + tables.migrations())
                // Its own history: other users of Flyway may share the schema.
                .table(tables.history())
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()
                .migrate();
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
