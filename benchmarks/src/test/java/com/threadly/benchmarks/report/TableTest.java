package com.threadly.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void setsNumbersToTheRight() {
        assertThat(new Table("engine", "events/s")
                        .row("ours", Numbers.whole(24_574.4))
                        .row("one trigger per record", "19")
                        .markdown())
                .isEqualTo("""
                        | engine                 | events/s |
                        |------------------------|---------:|
                        | ours                   |   24,574 |
                        | one trigger per record |       19 |
                        """);
    }

    @Test
    void theMedianIsTheMiddleOne() {
        assertThat(Numbers.median(List.of(9.0, 1.0, 2.0))).isEqualTo(2);
        assertThat(Numbers.median(List.of(1.0, 2.0))).isEqualTo(1.5);
    }
}
