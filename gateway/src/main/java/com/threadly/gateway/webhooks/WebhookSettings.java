package com.threadly.gateway.webhooks;

import com.threadly.runtime.settings.Setting;
import com.threadly.runtime.settings.Settings;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Which webhooks are accepted.
 *
 * @param otherKeys keys in addition to the app's own, during rotation
 * @param maxAge an older webhook counts as a replay; Pusher itself repeats one for five minutes
 */
public record WebhookSettings(List<AppKey> otherKeys, Duration maxAge) {

    static final Setting<List<AppKey>> OTHER_KEYS = Setting.<List<AppKey>>parsed(
                    "PUSHER_WEBHOOK_KEYS",
                    "Additional keys whose webhooks are accepted during key rotation, key:secret separated by commas.",
                    WebhookSettings::keys,
                    List.of())
            .masked();
    static final Setting<Duration> MAX_AGE = Setting.duration(
                    "WEBHOOK_MAX_AGE",
                    Duration.ofSeconds(1),
                    Duration.ofDays(7),
                    "Older webhooks are rejected as replays; Pusher repeats one for five minutes.")
            .orElse("10m");

    public WebhookSettings {
        otherKeys = List.copyOf(otherKeys);
    }

    public static WebhookSettings from(Settings settings) {
        return new WebhookSettings(settings.find(OTHER_KEYS).orElse(List.of()), settings.get(MAX_AGE));
    }

    private static List<AppKey> keys(String text) {
        return Arrays.stream(text.split(",", -1)).map(WebhookSettings::key).toList();
    }

    private static AppKey key(String text) {
        String[] parts = text.strip().split(":", 2);
        if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
            throw new IllegalArgumentException("expected key:secret, several separated by commas");
        }
        return new AppKey(parts[0], parts[1]);
    }
}
