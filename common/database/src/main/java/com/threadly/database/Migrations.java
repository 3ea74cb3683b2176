package com.threadly.database;

/** Migrates the tables; processes that start together take turns. */
final class Migrations {

    private final DatabaseSettings settings;
    private final Tables tables;

    Migrations(DatabaseSettings settings, Tables tables) {
        this.settings = settings;
        this.tables = tables;
    }

    void apply() {
        Connections.migrations(settings, tables)
                .locations("classpath:" + tables.migrations())
                // Its own history: other users of Flyway may share the schema.
                .table(tables.history())
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()
                .migrate();
    }
}
