package com.threadly.pusherserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsTest {

    @ParameterizedTest
    @CsvSource({
        "a, true",
        "'private-a_b-c=d@e,f.g;h9', true",
        "'', false",
        "with space, false",
        "with/slash, false",
        "ümlaut, false",
        "with:colon, false",
        "#server-to-user, false"
    })
    void knowsWhichChannelNamesAreValid(String name, boolean valid) {
        assertThat(Limits.channelProblem(name).isEmpty()).isEqualTo(valid);
    }

    @ParameterizedTest
    @CsvSource({"164, true", "165, false"})
    void limitsTheLengthOfAChannelName(int length, boolean valid) {
        assertThat(Limits.channelProblem("c".repeat(length)).isEmpty()).isEqualTo(valid);
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1, true", "200, true", "201, false"})
    void limitsTheLengthOfAnEventName(int length, boolean valid) {
        assertThat(Limits.eventNameProblem("e".repeat(length)).isEmpty()).isEqualTo(valid);
    }

    @ParameterizedTest
    @CsvSource({
        "a, 10240, false",
        "a, 10241, true",
        "é, 5120, false",
        "é, 5121, true",
        "😀, 2560, false",
        "😀, 2561, true"
    })
    void limitsDataByItsBytes(String unit, int times, boolean tooLong) {
        assertThat(Limits.isTooLong(unit.repeat(times))).isEqualTo(tooLong);
    }

    @Property
    boolean countsBytesAsAnEncoderDoes(@ForAll String text, @ForAll @IntRange(max = 200) int limit) {
        // What cannot be encoded is one "?" to an encoder, and two bytes to us.
        boolean encodable = StandardCharsets.UTF_8.newEncoder().canEncode(text);
        return !encodable || Limits.isLongerThan(limit, text) == text.getBytes(StandardCharsets.UTF_8).length > limit;
    }

    @ParameterizedTest
    @CsvSource({"1.2, true", "123456.7890, true", "1., false", ".2, false", "12, false", "1.2.3, false", "a.2, false"})
    void knowsASocketId(String text, boolean valid) {
        assertThat(Limits.isSocketId(text)).isEqualTo(valid);
    }
}
