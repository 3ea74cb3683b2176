package com.threadly.presence.streams;

import static com.threadly.events.PresenceChange.JOINED;
import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.presence.signal.PresenceSignal;
import com.threadly.presence.signal.Signal;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordTimeTest extends DriverFixture {

    private static final long NOW = Driver.START.toEpochMilli();

    @ParameterizedTest
    @ValueSource(strings = {"PT59M", "PT2H", "P1D", "P20000000D", "-P20000000D"})
    void whatAnEventSaysIsNoRecordsTime(Duration ahead) {
        Instant start = driver.now();
        driver.sendAt(start.plus(ahead), "ana", JOINED);
        driver.send("bo", JOINED);
        driver.pass(Duration.ofSeconds(1));

        assertThat(driver.internal())
                .hasSizeGreaterThan(2)
                .allSatisfy(record -> assertThat(record.getRecordTime()).isBetween(start, driver.now()));
        driver.expect(ahead.isNegative() ? "1/1" : "2/2");
    }

    @Test
    void aRecordFromTheFutureIsOfNow() {
        Instant start = driver.now();
        driver.sendStamped(start.plus(Duration.ofMinutes(59)), start.plus(Duration.ofHours(2)), "ana", JOINED);
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
    void whatFollowsIsNeverAheadOfNow(long recordTime, long following) {
        assertThat(RecordTime.following(NOW + recordTime, NOW)).isEqualTo(NOW + following);
    }

    @Test
    void aRecordWithoutATimeIsOfNow() {
        long none = new RecordTime().extract(new ConsumerRecord<>("topic", 0, 0, "key", "value"), NOW);

        assertThat(RecordTime.following(none, NOW)).isEqualTo(NOW);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "5000, 5000", "5001, 5000", "9000000000000, 5000", "-5001, -5001"})
    void anEventIsAheadOfItsRecordByAToleranceAtMost(long ahead, long credible) {
        var signal = new PresenceSignal(Driver.CHANNEL, "ana", Signal.SEEN, NOW + ahead);

        assertThat(RecordTime.credible(signal, NOW).at()).isEqualTo(NOW + credible);
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
