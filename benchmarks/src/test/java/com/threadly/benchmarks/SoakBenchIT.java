package com.threadly.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The soak runs from end to end, for half a minute: long enough to see that it checks and draws. */
class SoakBenchIT {

    @TempDir
    private Path folder;

    @Test
    void everyPushIsCheckedAndEveryWorkerIsDrawn() throws Exception {
        Path picture = folder.resolve("soak.svg");

        assertThat(BenchmarksJar.results(folder, "soak", "--rate=100", "--minutes=0", "--picture=" + picture))
                .contains("3,000", "heap after a full collection", "presence-aggregator");
        assertThat(picture).content().contains("connections", "gateway");
    }
}
