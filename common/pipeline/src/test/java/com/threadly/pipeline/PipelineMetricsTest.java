package com.threadly.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PipelineMetricsTest {

    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final TopicPartition WAITS = new TopicPartition("t", 0);
    private static final TopicPartition IS_DONE = new TopicPartition("t", 1);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final PipelineMetrics metrics = new PipelineMetrics(meters, Clock.fixed(NOW, ZoneOffset.UTC), "group");

    @Test
    void reportsTheAgeOfTheFirstRecordThatIsNotDone() {
        long eightSecondsAgo = NOW.minusMillis(8_500).toEpochMilli();
        metrics.lag(Map.of(WAITS, 3L), Map.of(WAITS, OptionalLong.of(eightSecondsAgo), IS_DONE, OptionalLong.empty()));

        assertThat(lag("threadly.lag.records", "0")).isEqualTo(3);
        assertThat(lag("threadly.lag.seconds", "0")).isEqualTo(8.5);
        assertThat(lag("threadly.lag.seconds", "1")).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0})
    void knowsNoAgeOfARecordWithoutTime(long timestamp) {
        metrics.lag(Map.of(WAITS, 1L), Map.of(WAITS, OptionalLong.of(timestamp)));

        assertThat(lag("threadly.lag.seconds", "0")).isZero();
    }

    @Test
    void reportsNothingMoreOfAPartitionThatHasGone() {
        metrics.lag(Map.of(WAITS, 3L), Map.of(WAITS, OptionalLong.of(NOW.toEpochMilli())));

        metrics.lag(Map.of(), Map.of());

        assertThat(meters.find("threadly.lag.records").gauges()).isEmpty();
        assertThat(meters.find("threadly.lag.seconds").gauges()).isEmpty();
    }

    private double lag(String name, String partition) {
        return meters.get(name)
                .tags("topic", "t", "partition", partition)
                .gauge()
                .value();
    }
}
