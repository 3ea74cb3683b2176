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
 * Marks rows as pushed, beside the pushing: what has gathered while one round was written is the next round.
 *
 * <p>An offset is committed only after its marks, so what was committed is never pushed again. The queue needs no limit
 * of its own: it holds no more than the records that a pipeline holds.
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

    /** A marker that writes on a thread of {@code threads}; should it end unexpectedly, nothing is marked any more. */
    public PushMarkWriter(PushMarkStore marks, Clock clock, ThreadFactory threads) {
        this.marks = marks;
        this.clock = clock;
        this.thread = threads.newThread(this::run);
        thread.start();
    }

    /** Takes marks without waiting; runs {@code done} on its own thread when they are durable. */
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
                // Nothing that a retry would mend. They would be pushed again only if their events came again.
                log.atError().addKeyValue("rows", round.size()).setCause(e).log("marking rows as pushed failed");
                done = true;
            }
        }
    }

    /** Writes what is left, within a limit: what is not written may be pushed again after a crash, no more. */
    @Override
    public void close() {
        closed = true;
        try {
            if (!thread.join(CLOSE_LIMIT)) {
                log.atWarn().addKeyValue("rows", queue.size()).log("some pushed rows could not be marked");
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
