package com.threadly.deadletter.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.threadly.deadletter.Reason;
import com.threadly.serde.AvroDecoder;
import com.threadly.serde.MockRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeadLetterFormatTest {

    @ParameterizedTest
    @CsvSource({"PT-5S, 0s", "PT59S, 59s", "PT60S, 1m", "PT2H30M, 2h", "PT49H, 2d"})
    void showsAnAgeInItsLargestUnit(Duration age, String expected) {
        assertThat(Age.of(age)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u001b[2J", "a\nb", "\u202Eback", "\ud800", "\u2028"})
    void doesNothingToTheTerminal(String text) {
        assertThat(SafeText.of(text)).contains("\ufffd").doesNotContain(text);
    }

    @Test
    void leavesWhatPeopleWriteAlone() {
        assertThat(SafeText.of("Schönes Kleid 👗, 38")).isEqualTo("Schönes Kleid 👗, 38");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "3", "3:", ":3", "-1:3", "a:b", "1:2:3", "99999999999:1"})
    void aPlaceIsAPartitionAndAnOffset(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Position.parse(text));
        assertThat(Position.parse("3:17")).isEqualTo(new Position(3, 17)).hasToString("3:17");
    }

    @Test
    void showsBytesWhereTheValueCannotBeDecoded() {
        var text = new DeadLetterFormat(new AvroDecoder(new MockRegistry()));

        assertThat(text.lines(
                        DeadLetterSamples.deadLetter(new Position(3, 17), Reason.UNDECODABLE, DeadLetterSamples.NOW)))
                .containsExactly(
                        "message-events.message-fanout-worker.dlq 3:17",
                        "  source     message-events 7:100",
                        "  failed at  2026-11-24T12:00:00Z",
                        "  reason     UNDECODABLE",
                        "  message    a cause",
                        "  key        c-1",
                        "  value      5 bytes: 76 61 6c 75 65");
    }
}
