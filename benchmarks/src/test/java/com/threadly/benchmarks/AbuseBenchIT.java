package com.threadly.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark of abuse runs from end to end; what it measures in so short a time says nothing. */
class AbuseBenchIT {

    @TempDir
    private Path folder;

    @Test
    void noHonestRequestIsRefusedAndTheTableIsKept() throws Exception {
        assertThat(BenchmarksJar.results(
                        folder,
                        "abuse",
                        "--warm-up=0",
                        "--quiet=1",
                        "--seconds=2",
                        "--pace=20",
                        "--connections=20",
                        "--abusers=20"))
                .contains("quiet", "abuse, first half", "abuse, second half");
    }
}
