package com.threadly.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The benchmarks as users run them. */
final class BenchmarksJar {

    private static final Path HOME = Path.of(System.getProperty("threadly.home", ".."));

    private BenchmarksJar() {}

    /** The output of a benchmark, which must find every engine sound. {@code folder} is the test's own. */
    static String results(Path folder, String benchmark, String... options) throws Exception {
        Path results = folder.resolve("RESULTS.md");
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dthreadly.home=" + HOME,
                "-Dthreadly.fork=" + System.getProperty("threadly.fork", "0"),
                "-jar",
                HOME.resolve("benchmarks/target/benchmarks.jar").toString(),
                benchmark,
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
