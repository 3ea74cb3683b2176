package com.threadly.presence.streams;

import static com.threadly.events.PresenceChange.JOINED;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordTimeTest extends DriverFixture {

    private static final long NOW = Driver.START.toEpochMilli();

    @ParameterizedTest
    @ValueSource(strings = {"PT59M", "PT1H", "-P10000D"})
    void whatAnEventSaysIsNoRecordsTime(Duration ahead) {
        Instant start = driver.now();
        driver.sendAt(start.plus(ahead), "ana", JOINED);
        driver.send("bo", JOINED);
        driver.pass(Duration.ofSeconds(3));

        assertThat(driver.internal())
                .hasSizeGreaterThan(2)
                .allSatisfy(record -> assertThat(record.getRecordTime()).isBetween(start, driver.now()));
        assertThat(driver.numbers()).endsWith(ahead.isNegative() ? "1/1" : "2/2");
    }

    @Test
    void aRecordFromTheFutureIsOfNow() {
        Instant start = driver.now();
        driver.sendStamped(start.plus(Duration.ofMinutes(59)), start.plus(Duration.ofMinutes(59)), "ana", JOINED);
        driver.pass(Duration.ofSeconds(1));

        assertThat(driver.internal())
                .isNotEmpty()
                .allSatisfy(record -> assertThat(record.getRecordTime()).isBetween(start, driver.now()));
        driver.expect("1/1");
        driver.pass(Driver.TIMES.timeout());
        assertThat(driver.numbers()).contains("0/0");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "3600000, 0", "-3600000, -3600000", "-1, -1", "1, 0"})
    void theTimeOfAProducerIsNeverAheadOfNow(long recordTime, long taken) {
        assertThat(new RecordTime(() -> NOW).extract(record(NOW + recordTime, TimestampType.CREATE_TIME), 0))
                .isEqualTo(NOW + taken);
    }

    @Test
    void theTimeOfTheBrokerIsTakenWhateverTheHostsClockSays() {
        assertThat(new RecordTime(() -> NOW).extract(record(NOW + 300_000, TimestampType.LOG_APPEND_TIME), 0))
                .isEqualTo(NOW + 300_000);
    }

    @Test
    void aRecordWithoutATimeIsOfThePartitionsTime() {
        assertThat(new RecordTime(() -> NOW).extract(record(-1, TimestampType.NO_TIMESTAMP_TYPE), 7))
                .isEqualTo(7);
        assertThat(new RecordTime(() -> NOW).extract(record(0, TimestampType.CREATE_TIME), -1))
                .isZero();
    }

    private static ConsumerRecord<Object, Object> record(long timestamp, TimestampType type) {
        return new ConsumerRecord<>(
                "topic", 0, 0, timestamp, type, -1, -1, "key", "value", new RecordHeaders(), Optional.empty());
    }

    @Test
    void forwardsNoHeaders() {
        driver.trace("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        driver.send("ana", JOINED);
        driver.pass(Duration.ofSeconds(1));

        assertThat(driver.internal())
                .isNotEmpty()
                .allSatisfy(record -> assertThat(record.headers().toArray()).isEmpty());
    }
}
