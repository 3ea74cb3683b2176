package com.threadly.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The benchmark runs from end to end; what it measures in so short a time says nothing. */
class FanoutBenchIT {

    @TempDir
    private Path folder;

    @Test
    void everyEnginePushesInOrderAndTheTableIsKept() throws Exception {
        Path results = folder.resolve("RESULTS.md");

        int exitCode = new CommandLine(new FanoutBench("fanout"))
                .execute(
                        "--delays=20",
                        "--rounds=1",
                        "--warm-up=0",
                        "--seconds=1",
                        "--conversations=100",
                        "--messages=20000",
                        "--results=" + results);

        assertThat(exitCode).isZero();
        assertThat(Files.readString(results))
                .contains("message-fanout-worker", "bare loop", "Parallel Consumer", "Spring Kafka")
                .doesNotContain("NO |");
    }

    @Test
    void severalWorkersPushInOrderAndTheTableIsKept() throws Exception {
        Path results = folder.resolve("RESULTS.md");

        int exitCode = new CommandLine(new ScaleBench("scale"))
                .execute(
                        "--workers=2",
                        "--delay=20",
                        "--rounds=1",
                        "--warm-up=0",
                        "--seconds=1",
                        "--conversations=100",
                        "--results=" + results);

        assertThat(exitCode).isZero();
        assertThat(Files.readString(results)).contains("2 worker(s)").doesNotContain("NO |");
    }
}
