package com.threadly.gateway.http;

import com.threadly.runtime.settings.Setting;
import com.threadly.runtime.settings.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How browsers and Pusher reach the gateway.
 *
 * @param trustedProxies how many of our proxies are in front and record their clients' addresses
 * @param maxConnections maximum concurrent connections; further ones wait
 * @param bodyTimeout time limit for a complete body
 * @param allowedOrigins origins of pages that may call it from a browser
 */
public record HttpSettings(
        String host,
        int port,
        int trustedProxies,
        int maxConnections,
        Duration bodyTimeout,
        Set<String> allowedOrigins) {

    static final Setting<String> HOST =
            Setting.text("HTTP_HOST", "Address that the gateway listens on.").orElse("0.0.0.0");
    static final Setting<Integer> PORT = Setting.integer(
                    "HTTP_PORT", 0, 65_535, "Port that the gateway listens on; 0 selects any free port.")
            .orElse("8080");
    static final Setting<Integer> TRUSTED_PROXIES = Setting.integer(
                    "HTTP_TRUSTED_PROXIES",
                    0,
                    10,
                    "How many of your proxies in front of the gateway append an address to X-Forwarded-For; other"
                            + " entries are not trusted.")
            .orElse("0");
    static final Setting<Integer> MAX_CONNECTIONS = Setting.integer(
                    "HTTP_MAX_CONNECTIONS",
                    8,
                    100_000,
                    "Maximum concurrent connections; further ones wait to be accepted. Above three quarters of them,"
                            + " connections without a request are closed after 2s.")
            .orElse("2000");
    static final Setting<Duration> BODY_TIMEOUT = Setting.duration(
                    "HTTP_BODY_TIMEOUT",
                    Duration.ofMillis(100),
                    Duration.ofMinutes(10),
                    "Time limit for the complete body of a request.")
            .orElse("10s");
    static final Setting<Set<String>> ALLOWED_ORIGINS = Setting.parsed(
            "CORS_ALLOWED_ORIGINS",
            "Origins of pages that may call the gateway, such as https://threadly.example, separated by commas.",
            HttpSettings::origins,
            Set.of());

    public static HttpSettings from(Settings settings) {
        return new HttpSettings(
                settings.get(HOST),
                settings.get(PORT),
                settings.get(TRUSTED_PROXIES),
                settings.get(MAX_CONNECTIONS),
                settings.get(BODY_TIMEOUT),
                settings.find(ALLOWED_ORIGINS).orElse(Set.of()));
    }

    private static Set<String> origins(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(origin -> !origin.isEmpty())
                .map(HttpSettings::origin)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Browsers send origins in one form, so any other would never match: reject it at startup. */
    private static String origin(String text) {
        URI uri = URI.create(text);
        boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (!web || uri.getHost() == null || !text.equals(uri.getScheme() + "://" + uri.getAuthority())) {
            throw new IllegalArgumentException(
                    "expected origins such as https://host or http://host:port, without a path");
        }
        return text;
    }
}
