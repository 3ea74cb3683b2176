package com.threadly.notification.inbox;

import com.threadly.runtime.retry.RetryPolicy;
import com.threadly.runtime.retry.UnavailableException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies {@link Retention} at the start and then every minute: by age to all rows, by number to the inboxes that this
 * process has written to, and to those not yet trimmed completely. At the start and once per day, it checks every
 * inbox.
 */
public final class Housekeeping implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofMinutes(1);
    /** While the database is unavailable, as at the start until the first connection. */
    private static final RetryPolicy RETRY = RetryPolicy.every(Duration.ofSeconds(2));

    private static final Duration EVERYBODY_AGAIN = Duration.ofDays(1);
    /** After a failure: it is a long statement. */
    private static final Duration EVERYBODY_RETRY = Duration.ofHours(1);
    /** More users than this wait until all inboxes are checked. */
    private static final int MAX_USERS = 100_000;

    private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);

    private final Retention retention;
    private final ThreadFactory threads;
    private final Clock clock;
    private final Counter old;
    private final Counter expired;
    private final Counter beyond;
    private final CountDownLatch closed = new CountDownLatch(1);
    private Set<String> touched = new HashSet<>();
    private Instant everybodyAt = Instant.MIN;

    /** Does nothing until started. */
    public Housekeeping(Retention retention, Clock clock, MeterRegistry metrics, ThreadFactory threads) {
        this.retention = retention;
        this.threads = threads;
        this.clock = clock;
        this.old = removed("age", metrics);
        this.expired = removed("expiry", metrics);
        this.beyond = removed("number", metrics);
    }

    /** Runs in the background until closed. */
    public void start() {
        threads.newThread(this::run).start();
    }

    /** Reports that rows of these users have been written. */
    public synchronized void touched(Collection<String> users) {
        if (touched.size() < MAX_USERS) {
            touched.addAll(users);
        }
    }

    private void run() {
        try {
            // At once, because a process that restarts often must clean up, too.
            int failures = 0;
            do {
                failures = tidy(clock.instant()) ? 0 : failures + 1;
            } while (!closed.await(pause(failures).toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Duration pause(int failures) {
        return failures == 0 ? INTERVAL : RETRY.waitAfter(failures);
    }

    /** One round, as of {@code now}; false when the database is unavailable. */
    public boolean tidy(Instant now) {
        Set<String> users = taken();
        try {
            trim(users, now);
            old.increment((double) retention.removeOld(now));
            expired.increment((double) retention.removeExpired(now));
            if (!now.isBefore(everybodyAt)) {
                everybodyAt = now.plus(EVERYBODY_RETRY);
                trim(retention.withTooMany(), now);
                everybodyAt = now.plus(EVERYBODY_AGAIN);
            }
        } catch (UnavailableException e) {
            // The database has logged it; the rest is removed next time.
            touched(users);
            return false;
        } catch (RuntimeException e) {
            touched(users);
            log.atWarn().setCause(e).log("failed to remove old rows; retrying in a minute");
        }
        return true;
    }

    private void trim(Set<String> users, Instant now) throws UnavailableException {
        beyond.increment((double) retention.trim(users, now));
        touched(retention.withTooMany(users));
    }

    private synchronized Set<String> taken() {
        Set<String> taken = touched;
        touched = new HashSet<>();
        return taken;
    }

    private static Counter removed(String reason, MeterRegistry metrics) {
        return Counter.builder("threadly.inbox.removed")
                .description("Rows removed from inboxes by age, expiry or number")
                .tag("reason", reason)
                .register(metrics);
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
