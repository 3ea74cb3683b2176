package com.threadly.pipeline;

import com.threadly.runtime.Deployable;
import com.threadly.runtime.settings.Setting;
import com.threadly.runtime.settings.Settings;
import java.time.Duration;
import java.util.Locale;

/**
 * How a pipeline runs.
 *
 * @param commitInterval a crash repeats at most the records acknowledged since
 * @param drainLimit how long a stop or a revocation waits for records in flight
 * @param maxHeldRecords partitions pause above this number of records polled and not done
 * @param maxHeldBytes the same in bytes
 */
public record PipelineSettings(Duration commitInterval, Duration drainLimit, int maxHeldRecords, int maxHeldBytes) {

    /** Maximum duration of a stop after the drain: the last commit, leaving the group, closing. */
    private static final Duration AFTER_DRAIN = Duration.ofSeconds(12);

    private static final Duration MAX_DRAIN_LIMIT = Deployable.STOP_LIMIT.minus(AFTER_DRAIN);

    public static final Setting<Duration> COMMIT_INTERVAL = Setting.duration(
                    "COMMIT_INTERVAL",
                    Duration.ofMillis(1),
                    Duration.ofHours(1),
                    "How often offsets are committed; a crash repeats at most the records since.")
            .orElse("200ms");
    public static final Setting<Duration> DRAIN_LIMIT = Setting.duration(
                    "DRAIN_LIMIT",
                    Duration.ZERO,
                    Duration.ofDays(36_500),
                    String.format(
                            Locale.ROOT,
                            "How long a stop or a rebalance waits for records in flight; at most %d s, and half"
                                    + " of KAFKA_MAX_POLL_INTERVAL_MS.",
                            MAX_DRAIN_LIMIT.toSeconds()))
            .checked(PipelineSettings::withinAStop)
            .orElse("15s");
    public static final Setting<Integer> MAX_HELD_RECORDS = Setting.integer(
                    "MAX_HELD_RECORDS",
                    1,
                    1_000_000,
                    "Records polled and not done, per process; above it, partitions pause.")
            .orElse("20000");
    public static final Setting<Integer> MAX_HELD_BYTES = Setting.integer(
                    "MAX_HELD_BYTES",
                    1024,
                    1 << 30,
                    "Bytes of records polled and not done, per process; above it, partitions pause.")
            .orElse("33554432");

    private static Duration withinAStop(Duration drainLimit) {
        if (drainLimit.compareTo(MAX_DRAIN_LIMIT) > 0) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "expected %d s or less: a stop takes at most %d s, of which %d s are reserved"
                            + " for what follows the drain",
                    MAX_DRAIN_LIMIT.toSeconds(),
                    Deployable.STOP_LIMIT.toSeconds(),
                    AFTER_DRAIN.toSeconds()));
        }
        return drainLimit;
    }

    public static PipelineSettings from(Settings settings) {
        return from(settings, MAX_HELD_RECORDS);
    }

    /** With {@code maxHeldRecords} as the setting's default. */
    static PipelineSettings holding(int maxHeldRecords, Settings settings) {
        return from(settings, MAX_HELD_RECORDS.orElse(Integer.toString(maxHeldRecords)));
    }

    private static PipelineSettings from(Settings settings, Setting<Integer> maxHeldRecords) {
        return new PipelineSettings(
                settings.get(COMMIT_INTERVAL),
                settings.get(DRAIN_LIMIT),
                settings.get(maxHeldRecords),
                settings.get(MAX_HELD_BYTES));
    }

    /**
     * Nothing polls while a revocation waits: it takes at most half of the time after which the group removes a member.
     */
    PipelineSettings drainingWithin(Duration maxPollInterval) {
        Duration most = maxPollInterval.dividedBy(2);
        return drainLimit.compareTo(most) <= 0
                ? this
                : new PipelineSettings(commitInterval, most, maxHeldRecords, maxHeldBytes);
    }
}
