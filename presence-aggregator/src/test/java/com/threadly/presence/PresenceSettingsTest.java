package com.threadly.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.threadly.presence.users.StatusTimings;
import com.threadly.runtime.admin.AdminSettings;
import com.threadly.runtime.settings.InvalidSettingsException;
import com.threadly.runtime.settings.Settings;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PresenceSettingsTest {

    @Test
    void hasDefaults() {
        var settings = PresenceSettings.from(Settings.of(Map.of()));

        assertThat(settings.userTimes())
                .isEqualTo(new StatusTimings(
                        Duration.ofMinutes(5), Duration.ofMinutes(2), Duration.ofSeconds(30), Duration.ofDays(30)));
        assertThat(settings.standbys()).isZero();
        assertThat(settings.address()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "PRESENCE_WINDOW, 15s",
        "PRESENCE_WINDOW, 24h",
        "PRESENCE_ADVANCE, 0s",
        "PRESENCE_TIMEOUT, 0s",
        "PRESENCE_PUSH_INTERVAL, 10ms",
        "PRESENCE_STANDBYS, -1",
        "ADMIN_ADVERTISED_ADDRESS, nowhere",
        "ADMIN_ADVERTISED_ADDRESS, host:port",
    })
    void refusesWhatMakesNoSense(String name, String value) {
        var settings = Settings.of(Map.of(name, value));
        var _ = PresenceSettings.from(settings);

        assertThatThrownBy(settings::verify)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining(name);
    }

    @Test
    void isReachedWhereItListensUnlessSet() {
        var set = new HostInfo("presence-0", 80);

        assertThat(AdvertisedAddress.of(Optional.of(set), new AdminSettings("0.0.0.0", 8081)))
                .hasValue(set);
        assertThat(AdvertisedAddress.of(Optional.empty(), new AdminSettings("127.0.0.1", 8081)))
                .hasValue(new HostInfo("127.0.0.1", 8081));
        assertThat(AdvertisedAddress.of(Optional.empty(), new AdminSettings("0.0.0.0", 8081)))
                .hasValueSatisfying(address -> assertThat(address.host()).isNotEqualTo("0.0.0.0"));
        assertThat(AdvertisedAddress.of(Optional.empty(), new AdminSettings("0.0.0.0", 0)))
                .isEmpty();
    }
}
