package com.threadly.benchmarks.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The machine and the versions behind the numbers. */
public final class Machine {

    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final Path MEMORY_INFO = Path.of("/proc/meminfo");

    private Machine() {}

    /** In one line. */
    public static String description() {
        return String.format(
                Locale.ROOT,
                "%d cores%s%s, %s %s, JDK %s",
                Runtime.getRuntime().availableProcessors(),
                line(CPU_INFO, "model name").map(model -> " (" + model + ")").collect(Collectors.joining()),
                line(MEMORY_INFO, "MemTotal")
                        .map(memory ->
                                ", " + Math.round(Long.parseLong(memory.replaceAll("\\D+", "")) / 1048576.0) + " GiB")
                        .collect(Collectors.joining()),
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                Runtime.version());
    }

    /** The compared versions, in one line. */
    public static String versions() {
        var versions = new Properties();
        try (InputStream in = Objects.requireNonNull(
                Machine.class.getResourceAsStream("/com/threadly/benchmarks/versions.properties"))) {
            versions.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return versions.stringPropertyNames().stream()
                .sorted()
                .map(name -> name + " " + versions.getProperty(name))
                .collect(Collectors.joining(", "));
    }

    /** The first value of that name; empty if the system has no such file. */
    private static Stream<String> line(Path file, String name) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .limit(1);
        } catch (IOException e) {
            return Stream.empty();
        }
    }
}
