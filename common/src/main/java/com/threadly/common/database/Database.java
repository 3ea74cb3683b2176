package com.threadly.common.database;

import com.threadly.common.pipeline.UnavailableException;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL, which may be down, also at the start: then {@link #trouble} says so and statements throw
 * {@link UnavailableException} until it is back and the tables are up to date.
 */
public final class Database implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Database.class);

    /** More than is needed, but an end: of a server that is gone without a word, a driver hears nothing. */
    private static final Duration LONG = Duration.ofHours(6);

    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final AtomicReference<@Nullable String> trouble =
            new AtomicReference<>("the database has not been reached yet");
    private final DatabaseWatch watch;
    private final Timer time;

    private Database(DatabaseSettings settings, Tables tables, MeterRegistry metrics) {
        this.pool = new HikariDataSource(Connections.pool(settings, tables, metrics));
        this.jdbi = Jdbi.create(pool).installPlugin(new PostgresPlugin());
        jdbi.registerArrayType(UUID.class, "uuid");
        this.watch = new DatabaseWatch(new Migrations(settings, tables), this);
        this.time = Timer.builder("threadly.store")
                .description("From asking for a connection until statements were carried out, or had failed")
                .publishPercentileHistogram()
                .register(metrics);
    }

    /** Returns at once; reaching the database and bringing {@code tables} up to date goes on in the background. */
    public static Database open(DatabaseSettings settings, Tables tables, MeterRegistry metrics) {
        var database = new Database(settings, tables, metrics);
        database.watch.start();
        return database;
    }

    /** Why the database cannot be used at the moment; empty when it can. */
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble.get());
    }

    /** Runs statements that each stand for themselves. */
    public <T> T use(HandleCallback<T, RuntimeException> work) throws UnavailableException {
        return timed(() -> jdbi.withHandle(work));
    }

    /** Runs statements that hold together or not at all. */
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
            // What the server lets run, the driver must wait for; the pool sets it back.
            handle.getConnection()
                    .setNetworkTimeout(
                            Runnable::run, Math.toIntExact(LONG.plusMinutes(1).toMillis()));
        } catch (SQLException e) {
            throw new ConnectionException(e);
        }
        handle.execute("SET LOCAL statement_timeout = " + LONG.toMillis());
        handle.execute("SET LOCAL idle_in_transaction_session_timeout = " + LONG.toMillis());
    }

    /** Whether a connection answers; notes what it finds. */
    void probe() throws UnavailableException {
        guarded(() -> jdbi.withHandle(
                handle -> handle.select("SELECT 1").mapTo(Integer.class).one()));
    }

    private <T> T timed(Supplier<T> work) throws UnavailableException {
        Timer.Sample began = Timer.start();
        try {
            return guarded(work);
        } finally {
            began.stop(time);
        }
    }

    private <T> T guarded(Supplier<T> work) throws UnavailableException {
        if (!watch.migrated()) {
            String cause = trouble().orElse("its tables are not up to date yet");
            throw unavailable(cause, new IllegalStateException("migrations have not run"));
        }
        try {
            T result = work.get();
            noteRecovery();
            return result;
        } catch (RuntimeException e) {
            String cause = SqlTrouble.in(e).orElse(null);
            if (cause == null) {
                throw e;
            }
            if (SqlTrouble.isTimeout(e)) {
                // No trouble of the database's yet: the caller may ask for less, and the watch looks by itself.
                throw new TimedOutException(message(cause), e);
            }
            // An interrupted thread loses its connection: the partition has gone, not the database.
            if (!Thread.currentThread().isInterrupted()) {
                noteTrouble(cause);
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

    void noteTrouble(String cause) {
        String before = trouble.getAndSet(cause);
        if (!cause.equals(before)) {
            log.atWarn().addKeyValue("cause", cause).log("the database cannot be used; retrying until it can");
        }
    }

    void noteRecovery() {
        if (trouble.get() != null && trouble.getAndSet(null) != null) {
            log.atInfo().log("the database can be used");
        }
    }

    @Override
    public void close() {
        watch.close();
        pool.close();
    }
}
