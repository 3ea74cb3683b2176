package com.threadly.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.threadly.runtime.settings.InvalidSettingsException;
import com.threadly.runtime.settings.Settings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PipelineSettingsTest {

    @Test
    void aDrainThatAStopLeavesNoTimeForIsRefused() {
        var settings = Settings.of(Map.of("DRAIN_LIMIT", "17s"));
        PipelineSettings.from(settings);

        assertThatThrownBy(settings::verify)
                .isInstanceOfSatisfying(
                        InvalidSettingsException.class,
                        refused -> assertThat(refused.problems())
                                .singleElement()
                                .asString()
                                .contains("DRAIN_LIMIT=17s", "expected 16 s or less"));
    }

    @ParameterizedTest
    @CsvSource({"PT15S, PT5M, PT15S", "PT15S, PT30S, PT15S", "PT15S, PT3S, PT1.5S"})
    void aRevocationIsOverBeforeTheGroupGivesUsUp(Duration wanted, Duration maxPollInterval, Duration drainLimit) {
        var settings = new PipelineSettings(Duration.ofMillis(200), wanted, 10, 10);

        assertThat(settings.drainingWithin(maxPollInterval).drainLimit()).isEqualTo(drainLimit);
    }
}
