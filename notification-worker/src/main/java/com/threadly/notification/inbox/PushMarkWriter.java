package com.threadly.notification.inbox;

import com.threadly.runtime.retry.RetryPolicy;
import com.threadly.runtime.retry.UnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Marks rows as pushed, in parallel to the pushes: marks that gather during one round form the next.
 *
 * <p>An offset is committed only after its marks, so a committed record is never pushed again. The queue needs no own
 * limit: it holds no more records than the pipeline.
 */
public final class PushMarkWriter implements AutoCloseable {

    /** In marks: a record may have thousands. */
    private static final int MAX_ROUND = 5_000;

    private static final RetryPolicy RETRY = RetryPolicy.every(Duration.ofMillis(200));
    private static final Duration IDLE_LOOK = Duration.ofMillis(50);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(3);

    private static final Logger log = LoggerFactory.getLogger(PushMarkWriter.class);

    private final PushMarkStore marks;
    private final Clock clock;

    private record Entry(List<PushMark> marks, Runnable done) {}

    private final LinkedBlockingQueue<Entry> queue = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean closed;

    /** A writer on a thread of {@code threads}; if it ends unexpectedly, nothing is marked any more. */
    public PushMarkWriter(PushMarkStore marks, Clock clock, ThreadFactory threads) {
        this.marks = marks;
        this.clock = clock;
        this.thread = threads.newThread(this::run);
        thread.start();
    }

    /** Queues marks without waiting; runs {@code done} on its own thread when they are durable. */
    public void add(List<PushMark> pushed, Runnable done) {
        queue.add(new Entry(pushed, done));
    }

    private void run() {
        try {
            while (!closed || !queue.isEmpty()) {
                Entry first = queue.poll(IDLE_LOOK.toMillis(), TimeUnit.MILLISECONDS);
                if (first != null) {
                    List<Entry> round = round(first);
                    write(round.stream()
                            .flatMap(entry -> entry.marks().stream())
                            .toList());
                    round.forEach(entry -> entry.done().run());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Entry> round(Entry first) {
        var round = new ArrayList<Entry>();
        int size = 0;
        for (Entry next = first; next != null; next = size < MAX_ROUND ? queue.poll() : null) {
            round.add(next);
            size += next.marks().size();
        }
        return round;
    }

    private void write(List<PushMark> round) throws InterruptedException {
        boolean done = false;
        for (int attempt = 1; !done; attempt++) {
            try {
                marks.write(round, clock.instant());
                done = true;
            } catch (UnavailableException e) {
                RETRY.pause(attempt);
            } catch (RuntimeException e) {
                // A retry would not help. They are pushed again only if their events come again.
                log.atError()
                        .addKeyValue("rows", round.size())
                        .setCause(e)
                        .log("failed to mark rows as pushed; they may be pushed again");
                done = true;
            }
        }
    }

    /** Writes the remaining marks, within a time limit: rows without one may be pushed again. */
    @Override
    public void close() {
        closed = true;
        try {
            if (!thread.join(CLOSE_LIMIT)) {
                log.atWarn()
                        .addKeyValue("rows", queue.size())
                        .log("could not mark some pushed rows; they may be pushed again");
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
