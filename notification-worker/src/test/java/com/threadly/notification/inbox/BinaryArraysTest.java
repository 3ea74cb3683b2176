package com.threadly.notification.inbox;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BinaryArraysTest {

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, Long.MIN_VALUE})
    void aTimeThatNoRowCanHoldSaysWhatToDo(long millis) {
        assertThatThrownBy(() -> BinaryArrays.times(List.of(Instant.ofEpochMilli(millis)), Function.identity()))
                .isInstanceOf(DateTimeException.class)
                .hasMessageContaining("publish the event with the time it happened");
    }
}
