package com.threadly.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.threadly.runtime.settings.InvalidSettingsException;
import com.threadly.runtime.settings.Settings;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSettingsTest {

    @Test
    void readsItsSettings() {
        var settings = Settings.of(Map.of(
                "HTTP_HOST",
                "127.0.0.1",
                "HTTP_PORT",
                "9000",
                "HTTP_TRUSTED_PROXIES",
                "1",
                "HTTP_MAX_CONNECTIONS",
                "500",
                "HTTP_BODY_TIMEOUT",
                "3s",
                "CORS_ALLOWED_ORIGINS",
                "https://threadly.example, http://localhost:3000"));

        assertThat(HttpSettings.from(settings))
                .isEqualTo(new HttpSettings(
                        "127.0.0.1",
                        9000,
                        1,
                        500,
                        Duration.ofSeconds(3),
                        Set.of("https://threadly.example", "http://localhost:3000")));
    }

    @Test
    void listensEverywhereAndAllowsNoOriginUnlessSet() {
        assertThat(HttpSettings.from(Settings.of(Map.of())))
                .isEqualTo(new HttpSettings("0.0.0.0", 8080, 0, 2_000, Duration.ofSeconds(10), Set.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "null", "threadly.example", "https://threadly.example/", "ftp://a", "https://", "a b"})
    void refusesOriginsThatNoBrowserWouldSend(String origin) {
        var settings = Settings.of(Map.of("CORS_ALLOWED_ORIGINS", origin));
        HttpSettings.from(settings);

        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(settings::verify)
                .withMessageContaining("CORS_ALLOWED_ORIGINS");
    }
}
