package com.threadly.gateway.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.threadly.runtime.settings.InvalidSettingsException;
import com.threadly.runtime.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSettingsTest {

    @Test
    void readsKeysThatAreRotated() {
        var settings =
                Settings.of(Map.of("PUSHER_WEBHOOK_KEYS", "old:secret-1, new:secret:2", "WEBHOOK_MAX_AGE", "5m"));

        assertThat(WebhookSettings.from(settings))
                .isEqualTo(new WebhookSettings(
                        List.of(new AppKey("old", "secret-1"), new AppKey("new", "secret:2")), Duration.ofMinutes(5)));
        assertThat(settings.masked().toString()).doesNotContain("secret-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"key", "key:", ":hidden-words", "key:hidden-words,"})
    void refusesWhatIsNoKeyWithoutShowingIt(String text) {
        var settings = Settings.of(Map.of("PUSHER_WEBHOOK_KEYS", text));
        var _ = WebhookSettings.from(settings);

        assertThat(catchThrowable(settings::verify))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("PUSHER_WEBHOOK_KEYS")
                .hasMessageNotContaining("hidden-words");
    }
}
