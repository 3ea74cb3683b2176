package com.threadly.pusher;

import com.threadly.runtime.settings.Setting;
import com.threadly.runtime.settings.Settings;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How to reach Pusher Channels or a compatible server.
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

    /** Less does not allow for a handshake; with more, slots wait for responses that will not come. */
    private static final Duration MIN_TIMEOUT = Duration.ofMillis(100);

    private static final Duration MAX_TIMEOUT = Duration.ofMinutes(2);
    private static final int MAX_PORT = 65_535;

    private static final Pattern CLUSTER_NAME = Pattern.compile("[A-Za-z0-9-]+");
    private static final Pattern HOST_AND_PORT =
            Pattern.compile("(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+(?:%[A-Za-z0-9]+)?])(?::([0-9]{1,5}))?");

    public static final Setting<String> APP_ID = Setting.text("PUSHER_APP_ID", "The Pusher app's id.");
    public static final Setting<String> KEY = Setting.text("PUSHER_KEY", "The Pusher app's key.");
    public static final Setting<String> SECRET = Setting.secret("PUSHER_SECRET", "The Pusher app's secret.");
    public static final Setting<String> CLUSTER = Setting.text(
                    "PUSHER_CLUSTER", "The Pusher cluster, such as eu, unless PUSHER_HOST is set.")
            .checked(PusherSettings::checkedCluster);
    public static final Setting<String> HOST = Setting.text(
                    "PUSHER_HOST", "host:port of a Pusher-compatible server's HTTP API, instead of a cluster.")
            .checked(PusherSettings::checkedHost);
    public static final Setting<Boolean> TLS =
            Setting.flag("PUSHER_TLS", "Whether to call the HTTP API over TLS.").orElse("true");
    public static final Setting<Duration> TIMEOUT = Setting.duration(
                    "PUSHER_TIMEOUT",
                    MIN_TIMEOUT,
                    MAX_TIMEOUT,
                    "How long a request may take, from connecting to the last byte of the response: 100ms to 2m.")
            .orElse("5s");
    public static final Setting<Integer> MAX_IN_FLIGHT = Setting.integer(
                    "PUSH_MAX_IN_FLIGHT", 1, 4096, "Maximum requests to Pusher in flight per process.")
            .orElse("64");
    public static final Setting<Integer> MAX_WAITING = Setting.integer(
                    "PUSH_MAX_WAITING",
                    10,
                    1_000_000,
                    "Events that may wait to be pushed, per process; above it, or above 24 million characters of"
                            + " payloads, no more records are handled.")
            .orElse("50000");
    public static final Setting<String> ENCRYPTION_KEY = Setting.secret(
                    "PUSHER_ENCRYPTION_MASTER_KEY",
                    "32 bytes in Base64; when set, conversations and users' own channels are end-to-end encrypted:"
                            + " private-encrypted-conversation-{id} and private-encrypted-user-{id} instead of"
                            + " private-conversation-{id} and private-user-{id}. Set the same value for gateway,"
                            + " message-fanout-worker, notification-worker and its rebuild --push.")
            .checked(PusherSettings::checkedKey);

    public static PusherSettings from(Settings settings) {
        return new PusherSettings(
                settings.get(APP_ID),
                settings.get(KEY),
                settings.get(SECRET),
                settings.find(HOST)
                        .orElseGet(() -> "api-%s.pusher.com"
                                .formatted(settings.find(CLUSTER).orElseGet(() -> {
                                    settings.reject("neither PUSHER_CLUSTER nor PUSHER_HOST is set; set one of them");
                                    return "";
                                }))),
                settings.get(TLS),
                settings.get(TIMEOUT),
                settings.get(MAX_IN_FLIGHT),
                settings.get(MAX_WAITING),
                settings.find(ENCRYPTION_KEY).orElse(null));
    }

    private static String checkedCluster(String text) {
        if (!CLUSTER_NAME.matcher(text).matches()) {
            throw new IllegalArgumentException("expected a cluster's name such as eu; set PUSHER_HOST for a host");
        }
        return text;
    }

    private static String checkedHost(String text) {
        int scheme = text.indexOf("://");
        if (scheme >= 0) {
            String tls = text.regionMatches(true, 0, "http:", 0, 5) ? "false" : "true";
            throw new IllegalArgumentException(
                    "expected host or host:port, without a scheme: leave out %s and set PUSHER_TLS=%s"
                            .formatted(text.substring(0, scheme + 3), tls));
        }
        if (text.contains("/") || text.contains("?") || text.contains("#")) {
            throw new IllegalArgumentException(
                    "expected host or host:port, without a path: the API is at /apps of that server");
        }
        if (text.contains("@")) {
            throw new IllegalArgumentException(
                    "expected host or host:port, without a user: set PUSHER_KEY and PUSHER_SECRET instead");
        }
        Matcher form = HOST_AND_PORT.matcher(text);
        if (!form.matches() || (form.group(1) != null && !isPort(form.group(1)))) {
            throw new IllegalArgumentException("expected host or host:port, such as api.example.com or [::1]:6001");
        }
        return text;
    }

    private static boolean isPort(String digits) {
        int port = Integer.parseInt(digits);
        return port > 0 && port <= MAX_PORT;
    }

    private static String checkedKey(String text) {
        if (Base64.getDecoder().decode(text).length != 32) {
            throw new IllegalArgumentException("expected 32 bytes in Base64");
        }
        return text;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "PusherSettings[appId=%s, host=%s, tls=%s, timeout=%s, slots=%d]",
                appId,
                host,
                tls,
                timeout,
                slots);
    }
}
