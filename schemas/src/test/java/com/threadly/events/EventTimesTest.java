package com.threadly.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTimesTest {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    @ParameterizedTest
    @CsvSource({"-P1D, -P1D", "PT0S, PT0S", "PT5S, PT5S", "PT5.001S, PT5S", "PT59M, PT5S", "PT1H, PT5S"})
    void aTimeIsAheadOfItsRecordByTheToleranceAtMost(Duration ahead, Duration settled) {
        var typing = typing(NOON.plus(ahead));

        EventTimes.settle(typing, NOON);

        assertThat(typing.getOccurredAt()).isEqualTo(NOON.plus(settled));
    }

    @ParameterizedTest
    @CsvSource({
        "-1, occurredAt is before 1970",
        "-9223372036854775808, occurredAt is before 1970",
        "1769864400001, occurredAt is more than an hour after its record was published; is it in milliseconds?",
        "1769860800000000, occurredAt is more than an hour after its record was published; is it in milliseconds?",
        "9223372036854775807, occurredAt is more than an hour after its record was published; is it in milliseconds?"
    })
    void aTimeThatCannotBeIsNamed(long millis, String problem) {
        assertThatThrownBy(() -> EventTimes.settle(typing(Instant.ofEpochMilli(millis)), NOON))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessage(problem);
    }

    @Test
    void everyTimeOfAnEventIsHeldAgainstItsRecord() {
        assertThatThrownBy(() -> EventTimes.settle(read(null, NOON.plus(Duration.ofHours(2))), NOON))
                .hasMessageStartingWith("readAt is more than an hour");
        assertThatThrownBy(() -> EventTimes.settle(read(Instant.EPOCH.minusMillis(1), NOON), NOON))
                .hasMessage("allUpTo is before 1970");
        assertThatThrownBy(() -> EventTimes.settle(read(Instant.ofEpochMilli(NOON.toEpochMilli() * 1_000), NOON), NOON))
                .hasMessageStartingWith("allUpTo is after the year 9999");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-02-01T12:00:00Z", "9999-12-31T23:59:59.999Z"})
    void everythingIsWhatHasHappenedByThen(Instant ahead) {
        NotificationsRead read = read(ahead, NOON);

        EventTimes.settle(read, NOON);

        assertThat(read.getAllUpTo()).hasValue(NOON.plus(EventTimes.TOLERANCE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-02-01T12:00:00Z", "9999-12-31T23:59:59.999Z"})
    void anEndIsAsFarAheadAsItSays(Instant end) {
        NotificationRequested request = request(end);

        EventTimes.settle(request, NOON);

        assertThat(request.getExpiresAt()).hasValue(end);
    }

    @Test
    void anEndInAnotherUnitIsNamed() {
        assertThatThrownBy(() -> EventTimes.settle(request(Instant.ofEpochMilli(NOON.toEpochMilli() * 1_000)), NOON))
                .hasMessage("expiresAt is after the year 9999; is it in milliseconds?");
    }

    private static NotificationRequested request(Instant expiresAt) {
        return NotificationRequested.newBuilder()
                .setEventId(UUID.randomUUID())
                .setOccurredAt(NOON)
                .setUserId("ana")
                .setType(RequestedType.SYSTEM)
                .setTitle("Title")
                .setMessage("Text")
                .setExpiresAt(expiresAt)
                .build();
    }

    private static TypingChanged typing(Instant at) {
        return new TypingChanged(UUID.randomUUID(), at, "c1", "ana", true);
    }

    private static NotificationsRead read(Instant allUpTo, Instant readAt) {
        return NotificationsRead.newBuilder()
                .setEventId(UUID.randomUUID())
                .setOccurredAt(NOON)
                .setUserId("ana")
                .setAllUpTo(allUpTo)
                .setReadAt(readAt)
                .build();
    }
}
