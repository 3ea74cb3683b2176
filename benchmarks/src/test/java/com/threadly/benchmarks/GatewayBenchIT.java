package com.threadly.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway's benchmark runs from end to end; what it measures in so short a time says nothing. */
class GatewayBenchIT {

    @TempDir
    private Path folder;

    @Test
    void everyRequestIsAnsweredAndTheTableIsKept() throws Exception {
        assertThat(BenchmarksJar.results(folder, "gateway", "--warm-up=0", "--seconds=1", "--users=50", "--at-once=4"))
                .contains("bare route", "authorization", "webhook");
    }
}
