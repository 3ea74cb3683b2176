package com.threadly.database;

import com.threadly.runtime.retry.RetryPolicy;
import com.threadly.runtime.retry.UnavailableException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Migrates as soon as the database answers, then probes it, so that outages show without traffic, too. */
final class DatabaseWatch implements AutoCloseable {

    private static final Duration PROBE_INTERVAL = Duration.ofSeconds(5);
    private static final RetryPolicy RETRY = RetryPolicy.every(Duration.ofSeconds(1));

    private final Migrations migrations;
    private final Database database;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean migrated;

    DatabaseWatch(Migrations migrations, Database database) {
        this.migrations = migrations;
        this.database = database;
    }

    void start() {
        Thread.ofVirtual().name("database-watch").start(this::run);
    }

    boolean migrated() {
        return migrated;
    }

    private void run() {
        try {
            do {
                if (migrated) {
                    probe();
                } else {
                    migrate();
                }
            } while (!closed.await(interval().toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration interval() {
        return database.trouble().isEmpty() ? PROBE_INTERVAL : RETRY.waitAfter(1);
    }

    private void migrate() {
        try {
            migrations.apply();
            migrated = true;
            database.noteRecovery();
        } catch (RuntimeException e) {
            database.noteTrouble(SqlTrouble.in(e).orElseGet(() -> "migration failed: " + e.getMessage()), e);
        }
    }

    private void probe() {
        try {
            database.probe();
        } catch (UnavailableException e) {
            // Recorded by the database itself.
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
