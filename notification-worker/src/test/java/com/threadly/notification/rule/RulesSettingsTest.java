package com.threadly.notification.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.threadly.runtime.settings.InvalidSettingsException;
import com.threadly.runtime.settings.Settings;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesSettingsTest {

    @Test
    void speaksEnglishAndCountsFiveMinutesUnlessSet() {
        assertThat(RulesSettings.from(Settings.of(Map.of())))
                .isEqualTo(new RulesSettings(Locale.ENGLISH, Duration.ofMinutes(5), false));
    }

    @Test
    void takesALanguageWithARegionAndAWindow() {
        var settings = Settings.of(Map.of("NOTIFICATION_LANGUAGE", "de-AT", "DIGEST_WINDOW", "10m"));

        assertThat(RulesSettings.from(settings))
                .isEqualTo(new RulesSettings(Locale.forLanguageTag("de-AT"), Duration.ofMinutes(10), false));
    }

    @Test
    void encryptsUsersChannelsWhereConversationsAreEncrypted() {
        String key = Base64.getEncoder().encodeToString(new byte[32]);

        assertThat(RulesSettings.from(Settings.of(Map.of("PUSHER_ENCRYPTION_MASTER_KEY", key)))
                        .encrypted())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"NOTIFICATION_LANGUAGE, fr", "DIGEST_WINDOW, 500ms", "DIGEST_WINDOW, soon"})
    void namesWhatIsWrong(String name, String value) {
        var settings = Settings.of(Map.of(name, value));
        RulesSettings.from(settings);

        assertThatThrownBy(settings::verify)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining(name);
    }
}
