package com.threadly.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmarks of the inbox run from end to end, as their jar; what they measure in so short a time says nothing. */
class InboxBenchIT {

    private static final Path HOME = Path.of(System.getProperty("threadly.home", ".."));

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
        Path results = folder.resolve("RESULTS.md");
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dthreadly.home=" + HOME,
                "-jar",
                HOME.resolve("benchmarks/target/benchmarks.jar").toString(),
                benchmark,
                "--rows=1000",
                "--rounds=1",
                "--results=" + results));
        command.addAll(List.of(options));
        Path output = folder.resolve("output");
        int exitCode = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
        assertThat(exitCode).as(Files.readString(output)).isZero();
        return Files.readString(results);
    }
}
