package com.threadly.notification.inbox;

import com.threadly.runtime.settings.Setting;
import com.threadly.runtime.settings.Settings;
import java.time.Duration;

/**
 * How long rows are kept, and how many.
 *
 * @param age of a row's latest event
 * @param rowsPerUser the newest ones, in addition to digests that can still grow
 */
public record RetentionSettings(Duration age, int rowsPerUser) {

    public static final Setting<Duration> AGE = Setting.duration(
                    "NOTIFICATION_RETENTION",
                    Duration.ofDays(1),
                    Duration.ofDays(36_500),
                    "Rows whose latest event is older than this are removed, a thousand at a time, once a minute; at"
                            + " least 1d.")
            .orElse("365d");
    public static final Setting<Integer> ROWS_PER_USER = Setting.integer(
                    "INBOX_MAX_ROWS",
                    10,
                    1_000_000,
                    "Rows that an inbox keeps: the newest, and all of the last hour and DIGEST_WINDOW, whose digests"
                            + " may still grow.")
            .orElse("1000");

    public static RetentionSettings from(Settings settings) {
        return new RetentionSettings(settings.get(AGE), settings.get(ROWS_PER_USER));
    }
}
