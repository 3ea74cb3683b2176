package com.threadly.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmarks of the inbox run from end to end, as their jar; what they measure in so short a time says nothing. */
class InboxBenchIT {

    @TempDir
    private Path folder;

    @Test
    void everyRowIsStoredPushedOnceAndMarked() throws Exception {
        assertThat(results("notifications", "--events=5000", "--warm-up=0", "--seconds=2"))
                .contains("notification-worker", "bare loop")
                .doesNotContain("NO |");
    }

    @Test
    void everyRowIsRebuilt() throws Exception {
        assertThat(results("rebuild", "--orders=5000", "--seconds=1"))
                .contains("rebuild --fresh", "bare loop")
                .doesNotContain("NO |");
    }

    private String results(String benchmark, String... options) throws Exception {
        return BenchmarksJar.results(
                folder,
                benchmark,
                Stream.concat(Stream.of("--rows=1000", "--rounds=1"), Stream.of(options))
                        .toArray(String[]::new));
    }
}
