package com.threadly.notification.inbox;

import com.threadly.database.Database;
import com.threadly.database.DatabaseSettings;
import com.threadly.database.SessionLock;
import com.threadly.runtime.retry.RetryPolicy;
import com.threadly.runtime.retry.UnavailableException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Allows one rebuild of an inbox at a time. An advisory lock, held for the whole run, prevents a second one from
 * starting. A failover or a broken connection may lose it, so the table {@code rebuild_run} also names the current run:
 * each transaction of a run checks it first, and a run that takes over waits for transactions that have checked.
 */
public final class RebuildLock implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RebuildLock.class);

    private static final String OWNER = "notification-worker rebuild";
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private static final String TAKE_OVER = """
            INSERT INTO rebuild_run AS known (id, command, process, begun_at) VALUES (:id, :command, :process, :now)
            ON CONFLICT (only_one) DO UPDATE SET id = excluded.id, command = excluded.command,
                process = excluded.process, begun_at = excluded.begun_at
            """;

    private static final String RUNNING =
            "SELECT concat('\"', command, '\", ', process, ', begun at ', begun_at) FROM rebuild_run";

    private final Database live;
    private final DatabaseSettings settings;
    private final String name;
    private final String isOurs;
    private final UUID id = UUID.randomUUID();
    private final CountDownLatch closed = new CountDownLatch(1);
    private SessionLock session;
    private volatile boolean lost;

    private RebuildLock(Database live, DatabaseSettings settings, String schema, SessionLock session) {
        this.live = live;
        this.settings = settings;
        this.name = name(schema);
        // With its schema: the filled tables may be in another one.
        this.isOurs = "SELECT id FROM %s WHERE id = :id FOR SHARE".formatted(ShadowTables.in(schema, "rebuild_run"));
        this.session = session;
    }

    /**
     * Takes the lock, and records its holder.
     *
     * @param command the command of this run, shown to a refused one
     * @throws AnotherRebuildException when another rebuild of this inbox runs; the message names it
     */
    public static RebuildLock take(Database live, DatabaseSettings settings, String command, Instant now)
            throws UnavailableException, InterruptedException {
        String schema = ShadowTables.schemaOf(live);
        SessionLock session = SessionLock.take(settings, OWNER, name(schema)).orElse(null);
        if (session == null) {
            throw new AnotherRebuildException("another rebuild of this inbox is running: " + running(live, schema));
        }
        var lock = new RebuildLock(live, settings, schema, session);
        try {
            lock.takeOver(command, now);
        } catch (RuntimeException | InterruptedException e) {
            session.close();
            throw e;
        }
        Thread.ofVirtual().name("rebuild-lock").start(lock::watch);
        return lock;
    }

    private static String name(String schema) {
        return "threadly rebuild of " + schema;
    }

    private static String running(Database live, String schema) throws UnavailableException {
        return live.use(handle -> {
            Optional<String> run = handle.select(RUNNING).mapTo(String.class).findFirst();
            Optional<String> holder = SessionLock.holder(handle, name(schema));
            return run.orElse("it has just started")
                    + holder.map("; its lock is held by "::concat).orElse("");
        });
    }

    /** Waits for the last steps of a run that was killed or has lost its lock. */
    private void takeOver(String command, Instant now) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                var _ = live.use(handle -> handle.createUpdate(TAKE_OVER)
                        .bind("id", id)
                        .bind("command", command)
                        .bind(
                                "process",
                                "process %s at %s"
                                        .formatted(ProcessHandle.current().pid(), host()))
                        .bind("now", now)
                        .execute());
                return;
            } catch (UnavailableException e) {
                if (attempt == 1) {
                    log.atWarn()
                            .addKeyValue("cause", e.getMessage())
                            .log("the rebuild waits for the database, or for the last transaction of a killed rebuild");
                }
                RetryPolicy.STANDARD.pause(attempt);
            }
        }
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "an unknown host";
        }
    }

    /**
     * Call it first in every transaction of the run: until the transaction ends, no other run takes over.
     *
     * @throws AnotherRebuildException when another run has taken over
     */
    void check(Handle handle) {
        if (lost || !isOurs(handle)) {
            throw new AnotherRebuildException(
                    "this rebuild lost its lock, and another one has taken over; it stops without further changes");
        }
    }

    private boolean isOurs(Handle handle) {
        return handle.createQuery(isOurs)
                .bind("id", id)
                .mapTo(UUID.class)
                .findFirst()
                .isPresent();
    }

    private void watch() {
        try {
            while (!closed.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS) && !lost) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** If the connection is gone, takes the lock with a new one, unless another run has had it. */
    private synchronized void look() {
        if (closed.getCount() == 0 || session.isHeld()) {
            return;
        }
        try {
            // The server may still hold the lock for the broken connection: then a later check takes it.
            Optional<SessionLock> again = SessionLock.take(settings, OWNER, name);
            // Before anything else can fail: an unclosed session would keep the lock from ourselves.
            again.ifPresent(this::replaceSession);
            lost = !live.<Boolean>use(this::isOurs);
            if (again.isPresent()) {
                log.atWarn()
                        .addKeyValue("lost", lost)
                        .log("the connection of the rebuild's lock broke; opened a new one");
            }
        } catch (UnavailableException e) {
            log.atDebug().setCause(e).log("the rebuild's lock waits for the database");
        }
    }

    private void replaceSession(SessionLock again) {
        session.close();
        session = again;
    }

    @Override
    public synchronized void close() {
        closed.countDown();
        try {
            var _ = live.use(handle -> handle.createUpdate("DELETE FROM rebuild_run WHERE id = :id")
                    .bind("id", id)
                    .execute());
        } catch (UnavailableException e) {
            log.atDebug().setCause(e).log("could not delete the row of this rebuild; the next one takes it over");
        }
        session.close();
    }
}
