package com.threadly.common.push;

import com.threadly.common.settings.Setting;
import com.threadly.common.settings.Settings;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How to reach Pusher Channels, or a server that speaks its protocol.
 *
 * @param host host, or host:port, of the HTTP API
 * @param slots requests in flight at once, and connections kept alive
 * @param maxWaiting events that may wait for a slot
 * @param encryptionKey the master key of end-to-end encrypted channels in Base64, or null when there are none
 */
public record PusherSettings(
        String appId,
        String key,
        String secret,
        String host,
        boolean tls,
        Duration timeout,
        int slots,
        int maxWaiting,
        @Nullable String encryptionKey) {

    /** Neither a scheme nor a path nor user info: the client adds what it needs. */
    private static final Pattern ADDRESS = Pattern.compile("([^\\s,:/?#@\\[\\]]+|\\[[^\\s@\\]]+])(:\\d{1,5})?");

    public static final Setting<String> APP_ID = Setting.text("PUSHER_APP_ID", "The Pusher app's id.");
    public static final Setting<String> KEY = Setting.text("PUSHER_KEY", "The Pusher app's key.");
    public static final Setting<String> SECRET = Setting.secret("PUSHER_SECRET", "The Pusher app's secret.");
    public static final Setting<String> CLUSTER =
            Setting.text("PUSHER_CLUSTER", "The Pusher cluster, such as eu, unless PUSHER_HOST is set.");
    public static final Setting<String> HOST = Setting.text(
                    "PUSHER_HOST", "host:port of a Pusher-compatible server's HTTP API, instead of a cluster.")
            .checked(PusherSettings::address);
    public static final Setting<Boolean> TLS =
            Setting.flag("PUSHER_TLS", "Whether to call the HTTP API over TLS.").orElse("true");
    public static final Setting<Duration> TIMEOUT = Setting.duration(
                    "PUSHER_TIMEOUT", "How long to wait for a connection or an answer.")
            .orElse("5s");
    public static final Setting<Integer> MAX_IN_FLIGHT = Setting.integer(
                    "PUSH_MAX_IN_FLIGHT", 1, 4096, "Requests to Pusher in flight at once, a process.")
            .orElse("64");
    public static final Setting<Integer> MAX_WAITING = Setting.integer(
                    "PUSH_MAX_WAITING",
                    10,
                    1_000_000,
                    "Events that may wait to be pushed, per process; past it, or past 24 million characters of payloads, no more"
                            + " records are handled.")
            .orElse("50000");
    public static final Setting<String> ENCRYPTION_KEY = Setting.secret(
                    "PUSHER_ENCRYPTION_MASTER_KEY",
                    "32 bytes in Base64; when set, conversations are end-to-end encrypted:"
                            + " private-encrypted-conversation-{id} instead of private-conversation-{id}. Notifications, whose"
                            + " channels are not, then show neither a message's text nor its sender. The same for gateway,"
                            + " message-fanout-worker, notification-worker and its rebuild.")
            .checked(PusherSettings::checkedKey);

    public static PusherSettings from(Settings settings) {
        return new PusherSettings(
                settings.get(APP_ID),
                settings.get(KEY),
                settings.get(SECRET),
                settings.find(HOST)
                        .orElseGet(() -> "api-%s.pusher.com"
                                .formatted(settings.find(CLUSTER).orElseGet(() -> {
                                    settings.reject("PUSHER_CLUSTER or PUSHER_HOST is not set: one of them must be");
                                    return "";
                                }))),
                settings.get(TLS),
                settings.get(TIMEOUT),
                settings.get(MAX_IN_FLIGHT),
                settings.get(MAX_WAITING),
                settings.find(ENCRYPTION_KEY).orElse(null));
    }

    private static String address(String text) {
        if (!ADDRESS.matcher(text).matches()) {
            throw new IllegalArgumentException("expected host or host:port");
        }
        return text;
    }

    private static String checkedKey(String text) {
        if (Base64.getDecoder().decode(text).length != 32) {
            throw new IllegalArgumentException("expected 32 bytes in Base64");
        }
        return text;
    }

    @Override
    public String toString() {
        return "PusherSettings[appId=%s, host=%s, tls=%s, timeout=%s, slots=%d]"
                .formatted(appId, host, tls, timeout, slots);
    }
}
