package com.threadly.runtime;

import com.threadly.runtime.settings.Setting;
import com.threadly.runtime.settings.Settings;
import java.util.Locale;
import java.util.Set;

/**
 * How logs look. Logback itself reads them, out of the environment and before anything else runs: what is read here is
 * only checked and shown.
 */
final class LogSettings {

    private static final Set<String> FORMATS = Set.of("text", "json");
    private static final Set<String> LEVELS = Set.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "OFF");

    private static final Setting<String> FORMAT = Setting.text(
                    "LOG_FORMAT", "text for people, json for machines; from the environment only, as all of LOG_*.")
            .checked(LogSettings::format)
            .orElse("text");
    private static final Setting<String> LEVEL = Setting.text(
                    "LOG_LEVEL", "For our own code: TRACE, DEBUG, INFO, WARN, ERROR or OFF.")
            .checked(LogSettings::level)
            .orElse("INFO");
    private static final Setting<String> KAFKA_LEVEL = Setting.text(
                    "LOG_LEVEL_KAFKA",
                    "For Kafka's clients. Unless set, WARN, and ERROR for those of their lines that repeat what ours say once.")
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
        // Logback takes lower case, too.
        if (!LEVELS.contains(text.toUpperCase(Locale.ROOT))) {
            throw new IllegalArgumentException("expected TRACE, DEBUG, INFO, WARN, ERROR or OFF");
        }
        return text;
    }
}
