package com.threadly.notification.inbox;

import com.threadly.database.Database;
import com.threadly.database.DatabaseSettings;
import com.threadly.database.Tables;
import com.threadly.runtime.retry.UnavailableException;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/** The inbox's tables. */
public final class InboxTables {

    public static final Tables TABLES =
            new Tables("notification-worker", "com/threadly/notification/inbox/migrations", "notification_migration");

    private InboxTables() {}

    /**
     * Changes nothing.
     *
     * @throws OutdatedTablesException when the tables are those of another version, or there are none
     */
    public static void requireCurrent(DatabaseSettings settings) throws UnavailableException {
        List<String> pending = Database.pendingMigrations(settings, TABLES);
        if (!pending.isEmpty()) {
            throw new OutdatedTablesException(pending);
        }
    }

    /** Returns at once; connecting and migrating continue in the background. */
    public static Database open(DatabaseSettings settings, MeterRegistry metrics) {
        return Database.open(settings, TABLES, metrics);
    }
}
