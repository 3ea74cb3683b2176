package com.threadly.localstack.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTableTest {

    @Test
    void showsTheNumbersInColumns() {
        assertThat(ReportTable.of(report(Finding.NONE))).isEqualTo("""
                  events   pushes   lost   duplicated   out of order   events/s       p50        p99
                  20,000   41,234      0            0              0      5,000   12.3 ms   1,500 ms
                """);
    }

    @Test
    void namesExamplesOfWhatIsWrong() {
        assertThat(ReportTable.of(report(new Finding(1200, List.of("private-user-u notification e1")))))
                .endsWith("\n\n  Lost: 1,200, for example\n    private-user-u notification e1\n");
    }

    private static Report report(Finding lost) {
        return new Report(
                20_000,
                40_000,
                41_234,
                lost,
                Finding.NONE,
                Finding.NONE,
                Finding.NONE,
                Duration.ofSeconds(4),
                Duration.ofNanos(12_340_000),
                Duration.ofMillis(1500));
    }
}
