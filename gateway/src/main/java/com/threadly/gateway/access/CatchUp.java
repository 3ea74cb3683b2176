package com.threadly.gateway.access;

import com.threadly.runtime.health.HealthCheck;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the projection has caught up with what was published before this process started: until then it would refuse
 * members, and admit former ones. Ready after some minutes at the latest: a partition that cannot be read, or a large
 * backlog, must not keep every gateway down. Later lag is a matter of alerts, as all gateways have the same.
 */
public final class CatchUp implements HealthCheck, AutoCloseable {

    static final Duration PATIENCE = Duration.ofMinutes(10);

    /** Per partition: markers of transactions may never be committed, and so few records are read within moments. */
    static final long NEARLY = 100;

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private static final Logger log = LoggerFactory.getLogger(CatchUp.class);

    /** The projection's partitions and its group. */
    interface Progress {

        /** What there is to read in each partition now. */
        Map<TopicPartition, Span> spans() throws InterruptedException;

        /** The committed offsets; partitions without one are left out. */
        Map<TopicPartition, Long> committed() throws InterruptedException;
    }

    /** @param end exclusive */
    record Span(long begin, long end) {}

    private final Progress progress;
    private final LongSupplier nanoTime;
    private final long since;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable String trouble = "has not compared the projection with its topics yet";
    private @Nullable Map<TopicPartition, Span> published;

    CatchUp(Progress progress, LongSupplier nanoTime) {
        this.progress = progress;
        this.nanoTime = nanoTime;
        this.since = nanoTime.getAsLong();
    }

    /** Looks in the background until it has caught up, or is closed. */
    public static CatchUp start(GroupProgress progress, ThreadFactory threads) {
        var catchUp = new CatchUp(progress, System::nanoTime);
        threads.newThread(() -> {
                    try {
                        catchUp.run();
                    } finally {
                        progress.close();
                    }
                })
                .start();
        return catchUp;
    }

    @Override
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    private void run() {
        try {
            while (!look() && !closed.await(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
                // Again.
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Looks once; true when there is no need to look again. */
    boolean look() throws InterruptedException {
        if (nanoTime.getAsLong() - since > PATIENCE.toNanos()) {
            log.atWarn()
                    .addKeyValue("trouble", trouble)
                    .log("the projection has not caught up; the gateway answers from what it has");
            trouble = null;
            return true;
        }
        try {
            Map<TopicPartition, Span> before = published == null ? progress.spans() : published;
            published = before;
            Map<TopicPartition, Long> committed = progress.committed();
            long behind = before.entrySet().stream()
                    .mapToLong(entry -> unread(entry.getValue(), committed.getOrDefault(entry.getKey(), 0L)))
                    .filter(unread -> unread > NEARLY)
                    .sum();
            trouble = behind == 0 ? null : behind + " records published before the start are not projected yet";
            return behind == 0;
        } catch (KafkaException e) {
            trouble = "cannot compare the projection with its topics: " + e.getMessage();
            return false;
        }
    }

    private static long unread(Span span, long committed) {
        return span.end() - Math.max(span.begin(), committed);
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
