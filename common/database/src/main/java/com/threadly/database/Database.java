package com.threadly.database;

import com.threadly.runtime.health.HealthCheck;
import com.threadly.runtime.retry.UnavailableException;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.config.Configurable;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL, which may be down, also at startup: then {@link #trouble} says so, and statements throw {@link
 * UnavailableException} until it is back and the tables are migrated.
 */
public final class Database implements AutoCloseable, HealthCheck {

    private static final Logger log = LoggerFactory.getLogger(Database.class);

    /** More than is needed, but a limit: a driver does not notice a server that has silently gone. */
    private static final Duration LONG = Duration.ofHours(6);

    /** Longer than a rejected statement waits for its retry, which would be rejected again. */
    private static final Duration QUIET = Duration.ofSeconds(15);

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    /**
     * Why the database cannot be used.
     *
     * @param refused whether it rejects writes, so that a successful read proves nothing
     * @param readOnly whether the server reports itself as read-only
     * @param at by {@link System#nanoTime}
     */
    private record Trouble(String cause, boolean refused, boolean readOnly, long at) {

        /** A read-only server has a different message for each kind of statement. */
        boolean isSaidBy(Trouble before) {
            return cause.equals(before.cause) || (readOnly && before.readOnly);
        }

        boolean endsWithSuccess() {
            return !refused;
        }

        boolean endsWithProbe() {
            return !refused || readOnly || System.nanoTime() - at > QUIET.toNanos();
        }
    }

    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final AtomicReference<@Nullable Trouble> trouble = new AtomicReference<>(
            new Trouble("the database has not been reached yet", false, false, System.nanoTime()));
    private final DatabaseWatch watch;
    private final Timer time;

    private Database(DatabaseSettings settings, Tables tables, MeterRegistry metrics) {
        this.pool = new HikariDataSource(Connections.pool(settings, tables, metrics));
        this.jdbi = Jdbi.create(pool).installPlugin(new PostgresPlugin());
        // The message of a failure would contain the statement and its arguments.
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
        jdbi.registerArrayType(UUID.class, "uuid");
        limit(jdbi, settings.timeout());
        this.watch = new DatabaseWatch(new Migrations(settings, tables), this);
        this.time = Timer.builder("threadly.store")
                .description("From requesting a connection until the statements completed or failed")
                .publishPercentileHistogram()
                .register(metrics);
    }

    /** Returns at once; connecting and migrating {@code tables} continue in the background. */
    public static Database open(DatabaseSettings settings, Tables tables, MeterRegistry metrics) {
        var database = new Database(settings, tables, metrics);
        database.watch.start();
        return database;
    }

    /** The migrations of {@code tables} that have not been applied. Changes nothing. */
    public static List<String> pendingMigrations(DatabaseSettings settings, Tables tables) throws UnavailableException {
        try {
            return new Migrations(settings, tables).pending();
        } catch (RuntimeException e) {
            throw unavailable(SqlTrouble.in(e).orElseThrow(() -> e), e);
        }
    }

    /** Why the database is unavailable; empty when it is available. */
    @Override
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble.get()).map(Trouble::cause);
    }

    /** Runs independent statements, without a transaction. */
    public <T> T use(HandleCallback<T, RuntimeException> work) throws UnavailableException {
        return timed(() -> jdbi.withHandle(work));
    }

    /** Runs statements in one transaction. */
    public <T> T inTransaction(HandleCallback<T, RuntimeException> work) throws UnavailableException {
        return timed(() -> jdbi.inTransaction(work));
    }

    /** As {@link #inTransaction}, for statements over whole tables: each may take six hours. */
    public <T> T inLongTransaction(HandleCallback<T, RuntimeException> work) throws UnavailableException {
        return inTransaction(handle -> {
            withLongLimits(handle);
            return work.withHandle(handle);
        });
    }

    private static void withLongLimits(Handle handle) {
        try {
            // The driver must wait as long as the server allows; the pool resets it.
            handle.getConnection()
                    .setNetworkTimeout(
                            Runnable::run, Math.toIntExact(LONG.plusMinutes(1).toMillis()));
        } catch (SQLException e) {
            throw new ConnectionException(e);
        }
        limit(handle, LONG);
        handle.execute("SET LOCAL statement_timeout = " + LONG.toMillis());
        handle.execute("SET LOCAL idle_in_transaction_session_timeout = " + LONG.toMillis());
    }

    /** The client's own limit, a little above the server's, which a pooler may not let us set. */
    private static void limit(Configurable<?> statements, Duration limit) {
        statements.getConfig(SqlStatements.class).setQueryTimeout(Math.toIntExact(limit.toSeconds() + 1));
    }

    /** Checks whether a connection answers and may write; records the result. */
    void probe() throws UnavailableException {
        try {
            var _ = guarded(() -> jdbi.withHandle(Database::mayWrite), Trouble::endsWithProbe);
        } catch (TimedOutException e) {
            // No statement is smaller.
            noteTrouble(
                    "even a statement without rows takes longer than DATABASE_TIMEOUT; check the database's"
                            + " load and network",
                    e);
            throw e;
        }
    }

    private static boolean mayWrite(Handle handle) {
        if (handle.select("SELECT current_setting('transaction_read_only')::boolean")
                .mapTo(Boolean.class)
                .one()) {
            throw new ConnectionException(SqlTrouble.readOnly());
        }
        return true;
    }

    private <T> T timed(Supplier<T> work) throws UnavailableException {
        Timer.Sample began = Timer.start();
        try {
            return guarded(work, Trouble::endsWithSuccess);
        } finally {
            began.stop(time);
        }
    }

    private <T> T guarded(Supplier<T> work, Predicate<Trouble> endsTrouble) throws UnavailableException {
        if (!watch.migrated()) {
            String cause = trouble().orElse("the tables have not been migrated yet");
            throw unavailable(cause, new IllegalStateException("migrations have not run"));
        }
        try {
            T result = work.get();
            noteRecovery(endsTrouble);
            return result;
        } catch (RuntimeException e) {
            String cause = SqlTrouble.in(e).orElse(null);
            if (cause == null) {
                throw e;
            }
            if (SqlTrouble.isTimeout(e)) {
                // Not a failure of the database yet: the caller may request less, and the watch checks by itself.
                throw new TimedOutException(message(cause), e);
            }
            // An interrupted thread loses its connection: the partition was revoked, the database is not down.
            if (!Thread.currentThread().isInterrupted()) {
                noteTrouble(cause, e);
            }
            throw unavailable(cause, e);
        }
    }

    private static UnavailableException unavailable(String cause, Throwable e) {
        return new UnavailableException(message(cause), e);
    }

    private static String message(String cause) {
        return "database: " + cause;
    }

    void noteTrouble(String cause, Throwable failure) {
        boolean readOnly = SqlTrouble.isReadOnly(failure);
        if (readOnly) {
            // All connections are to the same server; new ones may reach the new primary.
            pool.getHikariPoolMXBean().softEvictConnections();
        }
        var now = new Trouble(cause, SqlTrouble.refusesWriting(failure), readOnly, System.nanoTime());
        Trouble before = trouble.getAndSet(now);
        if (before == null || !now.isSaidBy(before)) {
            log.atWarn()
                    .addKeyValue("cause", cause)
                    .log("the database is unavailable; check it and DATABASE_URL; retrying");
        }
    }

    void noteRecovery() {
        noteRecovery(Trouble::endsWithProbe);
    }

    private void noteRecovery(Predicate<Trouble> endsTrouble) {
        Trouble before = trouble.get();
        // Unless a new problem was recorded meanwhile.
        if (before != null && endsTrouble.test(before) && trouble.compareAndSet(before, null)) {
            log.atInfo().log("the database is available");
        }
    }

    /** Within a time limit: the pool would wait for a server that does not answer, and the process is about to end. */
    @Override
    public void close() {
        watch.close();
        try {
            if (!Thread.ofVirtual().name("database-close").start(pool::close).join(CLOSE_LIMIT)) {
                log.atWarn().log("the database does not let its connections go; they end with the process");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
