package com.threadly.common.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PipelineSettingsTest {

    @ParameterizedTest
    @CsvSource({"PT15S, PT5M, PT15S", "PT15S, PT30S, PT15S", "PT15S, PT3S, PT1.5S"})
    void aRevocationIsOverBeforeTheGroupGivesUsUp(Duration wanted, Duration maxPollInterval, Duration drainLimit) {
        var settings = new PipelineSettings(Duration.ofMillis(200), wanted, 10, 10);

        assertThat(settings.drainingWithin(maxPollInterval).drainLimit()).isEqualTo(drainLimit);
    }
}
