package com.threadly.notification;

import com.threadly.common.settings.Setting;
import com.threadly.common.settings.Settings;
import java.time.Duration;

/**
 * What an operator decides about notifications.
 *
 * @param digestWindow messages of one conversation within one such window are one notification
 */
record RulesSettings(Duration digestWindow) {

    static final Setting<Duration> DIGEST_WINDOW = Setting.duration(
                    "DIGEST_WINDOW",
                    "Messages of one conversation within one such window are one notification; at least 1s.")
            .orElse("5m");

    static RulesSettings from(Settings settings) {
        Duration window = settings.get(DIGEST_WINDOW);
        if (window.compareTo(Duration.ofSeconds(1)) < 0) {
            settings.reject("DIGEST_WINDOW must be at least 1s");
        }
        return new RulesSettings(window);
    }
}
