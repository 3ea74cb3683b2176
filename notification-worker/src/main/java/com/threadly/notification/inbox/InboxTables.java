package com.threadly.notification.inbox;

import com.threadly.database.Database;
import com.threadly.database.DatabaseSettings;
import com.threadly.database.Tables;
import io.micrometer.core.instrument.MeterRegistry;

/** The inbox's tables. */
public final class InboxTables {

    private static final Tables TABLES =
            new Tables("notification-worker", "com/threadly/notification/inbox/migrations", "notification_migration");

    private InboxTables() {}

    /** Returns at once; connecting and migrating continue in the background. */
    public static Database open(DatabaseSettings settings, MeterRegistry metrics) {
        return Database.open(settings, TABLES, metrics);
    }
}
