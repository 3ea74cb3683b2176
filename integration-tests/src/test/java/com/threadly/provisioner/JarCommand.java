package com.threadly.provisioner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How a command of a deployable's jar ended.
 *
 * @param out its result
 * @param err what else it said
 */
record JarCommand(int code, String out, String err) {

    private static final Path HOME = Path.of(System.getProperty("threadly.home", ".."));

    /** Runs it with these settings. */
    static JarCommand run(String deployable, Map<String, String> settings, String... arguments)
            throws IOException, InterruptedException {
        Path jar = HOME.resolve(deployable).resolve("target").resolve(deployable + ".jar");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var program = new ProcessBuilder(Stream.concat(
                        Stream.of(java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", jar.toString()),
                        Arrays.stream(arguments))
                .toList());
        program.environment().keySet().removeIf(name -> name.startsWith("KAFKA_") || name.startsWith("SCHEMA_"));
        program.environment().putAll(settings);
        Path err = Files.createTempFile("command", ".err");
        try {
            Process process = program.redirectError(err.toFile()).start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            return new JarCommand(process.exitValue(), out, Files.readString(err));
        } finally {
            Files.delete(err);
        }
    }
}
