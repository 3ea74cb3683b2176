package com.threadly.runtime;

import com.threadly.runtime.settings.Setting;
import com.threadly.runtime.settings.Settings;
import java.util.Locale;
import java.util.Set;

/**
 * The log format. Logback reads these from the environment before anything else runs; here they are only validated and
 * shown.
 */
final class LogSettings {

    private static final Set<String> FORMATS = Set.of("text", "json");
    private static final Set<String> LEVELS = Set.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "OFF");

    private static final Setting<String> FORMAT = Setting.text(
                    "LOG_FORMAT", "text or json; all of LOG_* can be set in the environment only.")
            .checked(LogSettings::format)
            .orElse("text");
    private static final Setting<String> LEVEL = Setting.text(
                    "LOG_LEVEL", "Level of Threadly's own code: TRACE, DEBUG, INFO, WARN, ERROR or OFF.")
            .checked(LogSettings::level)
            .orElse("INFO");
    private static final Setting<String> KAFKA_LEVEL = Setting.text(
                    "LOG_LEVEL_KAFKA",
                    "Level of the Kafka clients. If unset: WARN, and ERROR for loggers"
                            + " that repeat what ours report once.")
            .checked(LogSettings::level);

    private LogSettings() {}

    static void check(Settings settings) {
        var _ = settings.get(FORMAT);
        var _ = settings.get(LEVEL);
        var _ = settings.find(KAFKA_LEVEL);
    }

    private static String format(String text) {
        if (!FORMATS.contains(text)) {
            throw new IllegalArgumentException("expected text or json");
        }
        return text;
    }

    private static String level(String text) {
        // Logback accepts lower case, too.
        if (!LEVELS.contains(text.toUpperCase(Locale.ROOT))) {
            throw new IllegalArgumentException("expected TRACE, DEBUG, INFO, WARN, ERROR or OFF");
        }
        return text;
    }
}
