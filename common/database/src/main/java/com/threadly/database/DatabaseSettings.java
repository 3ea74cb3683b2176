package com.threadly.database;

import com.threadly.runtime.settings.Setting;
import com.threadly.runtime.settings.Settings;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * How to reach PostgreSQL.
 *
 * @param user overrides that of a postgres: URL
 * @param password overrides that of a postgres: URL
 * @param timeout how long to wait for a connection and for a statement
 * @param sessionSettings whether connections may begin with limits of their own
 * @param schema the tables' schema; empty for that of the URL or the user's search path
 */
public record DatabaseSettings(
        DatabaseUrl url,
        Optional<String> user,
        Optional<String> password,
        int poolSize,
        Duration timeout,
        boolean sessionSettings,
        Optional<String> schema) {

    public static final Setting<DatabaseUrl> URL = Setting.parsed(
                    "DATABASE_URL",
                    "PostgreSQL, as jdbc:postgresql://host:port/name or postgres://user:password@host:port/name.",
                    DatabaseUrl::parse,
                    DatabaseUrl.parse("jdbc:postgresql:unset"))
            .masked();
    public static final Setting<String> USER = Setting.text("DATABASE_USER", "Database user, unless it is in the URL.");
    public static final Setting<String> PASSWORD =
            Setting.secret("DATABASE_PASSWORD", "The database user's password, unless it is in the URL.");
    public static final Setting<Integer> POOL_SIZE = Setting.integer(
                    "DATABASE_POOL_SIZE", 1, 200, "Maximum connections to the database per process.")
            .orElse("8");
    public static final Setting<Duration> TIMEOUT = Setting.duration(
                    "DATABASE_TIMEOUT",
                    Duration.ofSeconds(1),
                    Duration.ofMinutes(10),
                    "How long to wait for a connection or a statement, at least 1s.")
            .orElse("5s");
    public static final Setting<Boolean> SESSION_SETTINGS = Setting.flag(
                    "DATABASE_SESSION_SETTINGS",
                    "Whether connections set limits for statements and locks as they open; false for PgBouncer and"
                            + " other poolers in transaction mode, which refuse that.")
            .orElse("true");

    public static DatabaseSettings from(Settings settings) {
        DatabaseUrl url = settings.get(URL);
        return new DatabaseSettings(
                url,
                settings.find(USER).or(url::user),
                settings.find(PASSWORD).or(url::password),
                settings.get(POOL_SIZE),
                settings.get(TIMEOUT),
                settings.get(SESSION_SETTINGS),
                Optional.empty());
    }

    /** The same database with the tables in {@code schema}. */
    public DatabaseSettings in(String otherSchema) {
        return new DatabaseSettings(url, user, password, poolSize, timeout, sessionSettings, Optional.of(otherSchema));
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "DatabaseSettings[poolSize=%d, timeout=%s]", poolSize, timeout);
    }
}
