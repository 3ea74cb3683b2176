package com.threadly.pipeline.dedup;

import com.threadly.runtime.settings.Setting;
import com.threadly.runtime.settings.Settings;
import java.time.Duration;

/**
 * How long an event is remembered, so that it is handled once.
 *
 * @param window counted back from the newest record of a partition
 * @param maxIds events remembered of one partition, at most
 */
public record DedupSettings(Duration window, int maxIds) {

    public static final Setting<Duration> DEDUP_WINDOW = Setting.duration(
                    "DEDUP_WINDOW", "How long an eventId is remembered: the same again is not pushed.")
            .orElse("10m");
    public static final Setting<Integer> DEDUP_MAX_IDS = Setting.integer(
                    "DEDUP_MAX_IDS", 1, 10_000_000, "eventIds remembered of one partition; 32 to 64 bytes each.")
            .orElse("100000");

    public static DedupSettings from(Settings settings) {
        return new DedupSettings(settings.get(DEDUP_WINDOW), settings.get(DEDUP_MAX_IDS));
    }
}
