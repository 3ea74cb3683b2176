package com.threadly.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The benchmark runs from end to end; what it measures in so short a time says nothing. */
class PresenceBenchIT {

    @TempDir
    private Path folder;

    @Test
    void everyEngineHandlesAllEventsAndTheTableIsKept() throws Exception {
        Path results = folder.resolve("RESULTS.md");

        int exitCode = new CommandLine(new PresenceBench("presence"))
                .execute(
                        "--rounds=1",
                        "--events=2000",
                        "--channels=100",
                        "--growth=10",
                        "--hot=500",
                        "--results=" + results);

        assertThat(exitCode).isZero();
        assertThat(Files.readString(results))
                .contains("presence-aggregator", "count(), hopping windows", "count(), tumbling windows");
    }
}
