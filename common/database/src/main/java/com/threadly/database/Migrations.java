package com.threadly.database;

/** Brings the tables up to date; processes that start together take turns. */
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
                // Its own history: the schema may be shared with others who use Flyway.
                .table(tables.history())
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()
                .migrate();
    }
}
