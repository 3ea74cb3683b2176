package com.threadly.notification.rule;

import com.threadly.pusher.PusherSettings;
import com.threadly.runtime.settings.Setting;
import com.threadly.runtime.settings.Settings;
import java.time.Duration;
import java.util.Locale;

/**
 * The settings of notifications.
 *
 * @param language of their texts; its region determines the format of numbers and amounts
 * @param digestWindow messages of one conversation within one window are one notification
 * @param encrypted whether users' own channels are end-to-end encrypted
 */
public record RulesSettings(Locale language, Duration digestWindow, boolean encrypted) {

    /** Of requests with one key to one user within one such window, one counts. It begins at midnight in UTC. */
    public static final Duration DEDUP_WINDOW = Duration.ofDays(1);

    static final Setting<Locale> LANGUAGE = Setting.parsed(
                    "NOTIFICATION_LANGUAGE",
                    "Language of the notifications: a BCP 47 tag of en or de, such as de-AT. Its region determines the"
                            + " format of numbers and amounts. After a change, rebuild rewrites old rows in the new"
                            + " language.",
                    Languages::locale,
                    Locale.ENGLISH)
            .orElse("en");

    static final Setting<Duration> DIGEST_WINDOW = Setting.duration(
                    "DIGEST_WINDOW",
                    Duration.ofSeconds(1),
                    Duration.ofDays(7),
                    "Messages of one conversation within one such window are one notification; at least 1s. Do not"
                            + " change it if you will rebuild the inbox.")
            .orElse("5m");

    public static RulesSettings from(Settings settings) {
        // Digests quote conversations, which are encrypted then.
        boolean encrypted = settings.find(PusherSettings.ENCRYPTION_KEY).isPresent();
        return new RulesSettings(settings.get(LANGUAGE), settings.get(DIGEST_WINDOW), encrypted);
    }

    /** The events that browsers receive with these settings. */
    public PushEvents pushEvents() {
        return new PushEvents(encrypted);
    }

    /** The rules with these settings. */
    public Rules rules(PushEvents payloads) {
        return new Rules(language, digestWindow, payloads);
    }
}
