package com.threadly.pipeline.dedup;

import com.threadly.events.EventTimes;
import java.time.Clock;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What time it is by a partition's log: as late as several records in a row agree that it is, and never later than our
 * own clock says. So neither a producer's clock nor ours decides alone. Not thread-safe.
 */
final class LogTime {

    /** Records in a row. Those of one producer, whose clock may be wrong, mostly have others' between them. */
    static final int AGREEING = 16;

    private final Clock clock;
    private final long[] latest = new long[AGREEING];
    private int records;
    /** Long before any record, so that a window before it is, too. */
    private long now;

    LogTime(Clock clock) {
        this.clock = clock;
    }

    /** The next record has {@code timestamp}; gives what counts as its time. */
    long next(long timestamp) {
        long credible = notAhead(timestamp, clock);
        latest[records++ & (AGREEING - 1)] = credible;
        if (records >= AGREEING) {
            now = Math.max(now, LongStream.of(latest).min().orElseThrow());
            // Counts on without end otherwise.
            records = AGREEING + (records & (AGREEING - 1));
        }
        return credible;
    }

    /** In milliseconds. */
    long now() {
        return now;
    }

    /** The time of the first of {@code records}, as those that follow it bear it out. */
    static long agreed(List<ConsumerRecord<byte[], byte[]>> records, Clock clock) {
        return records.stream()
                .limit(AGREEING)
                .mapToLong(record -> notAhead(record.timestamp(), clock))
                .min()
                .orElseGet(clock::millis);
    }

    private static long notAhead(long timestamp, Clock clock) {
        return Math.min(timestamp, clock.millis() + EventTimes.TOLERANCE.toMillis());
    }
}
