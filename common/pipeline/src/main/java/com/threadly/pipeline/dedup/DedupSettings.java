package com.threadly.pipeline.dedup;

import com.threadly.runtime.settings.Setting;
import com.threadly.runtime.settings.Settings;
import java.time.Duration;

/**
 * How long event ids are remembered for deduplication.
 *
 * @param window counted back from the newest record of a partition
 * @param maxIds maximum number of events remembered per partition
 */
public record DedupSettings(Duration window, int maxIds) {

    public static final Setting<Duration> DEDUP_WINDOW = Setting.duration(
                    "DEDUP_WINDOW",
                    Duration.ZERO,
                    Duration.ofDays(30),
                    "How long an eventId is remembered; an event with the same id is not pushed again.")
            .orElse("10m");
    public static final Setting<Integer> DEDUP_MAX_IDS = Setting.integer(
                    "DEDUP_MAX_IDS", 1, 10_000_000, "Maximum eventIds remembered per partition; 32 to 64 bytes each.")
            .orElse("100000");

    public static DedupSettings from(Settings settings) {
        return new DedupSettings(settings.get(DEDUP_WINDOW), settings.get(DEDUP_MAX_IDS));
    }
}
