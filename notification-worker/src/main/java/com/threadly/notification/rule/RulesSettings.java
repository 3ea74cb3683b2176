package com.threadly.notification.rule;

import com.threadly.pusher.PusherSettings;
import com.threadly.runtime.settings.Setting;
import com.threadly.runtime.settings.Settings;
import java.time.Duration;
import java.util.Locale;

/**
 * What an operator decides about notifications.
 *
 * @param language of their texts; its region decides how numbers and amounts look
 * @param digestWindow messages of one conversation within one such window are one notification
 * @param previews whether notifications of messages show who wrote what
 */
public record RulesSettings(Locale language, Duration digestWindow, boolean previews) {

    static final Setting<Locale> LANGUAGE = Setting.parsed(
                    "NOTIFICATION_LANGUAGE",
                    "Language of the notifications: a BCP 47 tag of en or de, such as de-AT. Its region decides how numbers and amounts"
                            + " look. After a change, rebuild tells old rows in the new language.",
                    Languages::locale,
                    Locale.ENGLISH)
            .orElse("en");

    static final Setting<Duration> DIGEST_WINDOW = Setting.duration(
                    "DIGEST_WINDOW",
                    "Messages of one conversation within one such window are one notification; at least 1s. Never change it for an"
                            + " inbox that is to be rebuilt.")
            .orElse("5m");

    public static RulesSettings from(Settings settings) {
        Duration window = settings.get(DIGEST_WINDOW);
        if (window.compareTo(Duration.ofSeconds(1)) < 0) {
            settings.reject("DIGEST_WINDOW must be at least 1s");
        }
        // Users' channels are not encrypted: what a conversation hides from Pusher must not go over them.
        boolean previews = settings.find(PusherSettings.ENCRYPTION_KEY).isEmpty();
        return new RulesSettings(settings.get(LANGUAGE), window, previews);
    }

    /** The rules as the operator wants them. */
    public Rules rules(PushEvents payloads) {
        return new Rules(language, digestWindow, previews, payloads);
    }
}
