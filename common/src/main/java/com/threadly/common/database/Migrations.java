package com.threadly.notification.inbox;

/** Brings the tables up to date; processes that start together take turns. */
final class Migrations {

    private final DatabaseSettings settings;

    Migrations(DatabaseSettings settings) {
        this.settings = settings;
    }

    void apply() {
        Connections.migrations(settings)
                .locations("classpath:com/threadly/notification/inbox/migrations")
                // Its own history: the schema may be shared with others who use Flyway.
                .table("notification_migration")
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()
                .migrate();
    }
}
