package com.threadly.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResultsFileTest {

    @Test
    void replacesItsOwnSectionAndLeavesOthersAlone() {
        String both = ResultsFile.withSection(
                ResultsFile.withSection("# Results\n", "fanout", "old $1\n"), "latency", "kept");

        assertThat(ResultsFile.withSection(both, "fanout", "new $1")).isEqualTo("""
                # Results

                <!-- fanout -->
                new $1
                <!-- end of fanout -->

                <!-- latency -->
                kept
                <!-- end of latency -->
                """);
    }
}
