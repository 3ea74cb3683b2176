package com.threadly.pusher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.threadly.runtime.settings.InvalidSettingsException;
import com.threadly.runtime.settings.Settings;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PusherSettingsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUSHER_HOST    | https://api.example.com      | leave out https:// and set PUSHER_TLS=true",
                "PUSHER_HOST    | HTTP://api.example.com:6001/ | leave out HTTP:// and set PUSHER_TLS=false",
                "PUSHER_HOST    | api.example.com/apps         | without a path",
                "PUSHER_HOST    | api.example.com?a=b          | without a path",
                "PUSHER_HOST    | key:secret@api.example.com   | without a user",
                "PUSHER_HOST    | api.example.com:             | expected host or host:port",
                "PUSHER_HOST    | api.example.com:0            | expected host or host:port",
                "PUSHER_HOST    | api.example.com:65536        | expected host or host:port",
                "PUSHER_HOST    | api example.com              | expected host or host:port",
                "PUSHER_HOST    | ::1:6001                     | expected host or host:port",
                "PUSHER_CLUSTER | api-eu.pusher.com            | set PUSHER_HOST for a host",
                "PUSHER_TIMEOUT | 0s                           | expected 100ms to 2m",
                "PUSHER_TIMEOUT | 99ms                         | expected 100ms to 2m",
                "PUSHER_TIMEOUT | 999999999d                   | expected 100ms to 2m"
            })
    void refusesWhatCannotWorkByName(String name, String value, String advice) {
        var environment = environment();
        environment.put(name, value);
        Settings settings = Settings.of(environment);
        PusherSettings.from(settings);

        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(settings::verify)
                .satisfies(e -> assertThat(e.problems())
                        .singleElement()
                        .asString()
                        .startsWith(name + "=")
                        .contains(advice));
    }

    @ParameterizedTest
    @ValueSource(strings = {"api.example.com", "pusher:6001", "127.0.0.1:80", "[::1]:6001", "my_pusher"})
    void takesHostsWithAndWithoutAPort(String host) {
        var environment = environment();
        environment.put("PUSHER_HOST", host);
        Settings settings = Settings.of(environment);

        assertThat(PusherSettings.from(settings).host()).isEqualTo(host);
        settings.verify();
    }

    private static Map<String, String> environment() {
        return new HashMap<>(
                Map.of("PUSHER_APP_ID", "1", "PUSHER_KEY", "key", "PUSHER_SECRET", "secret", "PUSHER_CLUSTER", "eu"));
    }
}
