package com.threadly.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * The addresses and credentials of the running stack, for other commands on this machine. It is a worker's settings
 * file plus {@code GATEWAY_URL}, {@code PAGE_URL} and {@code STACK_PID}.
 */
public final class RunningFile implements AutoCloseable {

    private static final String PID = "STACK_PID";
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path file;

    private RunningFile(Path file) {
        this.file = file;
    }

    /** The path for a stack of the project in {@code home}. */
    public static Path of(Path home) {
        return home.resolve("local-stack").resolve("target").resolve("running.properties");
    }

    /** The settings of the stack running in {@code home}, if any; one that was killed leaves a file but no process. */
    public static Optional<Map<String, String>> read(Path home) {
        Path file = of(home);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Properties properties = load(file);
        Map<String, String> settings = properties.stringPropertyNames().stream()
                .collect(Collectors.toUnmodifiableMap(name -> name, properties::getProperty));
        return Optional.of(settings).filter(RunningFile::runs);
    }

    private static boolean runs(Map<String, String> settings) {
        return ProcessHandle.of(Long.parseLong(settings.getOrDefault(PID, "-1")))
                .filter(ProcessHandle::isAlive)
                .isPresent();
    }

    /** A second stack of the same home takes over the file: commands use the latest. */
    static RunningFile write(Path home, Map<String, String> settings, Addresses addresses) {
        Path file = of(home);
        Properties properties = new Properties();
        properties.putAll(settings);
        properties.setProperty("GATEWAY_URL", addresses.gateway().toString());
        properties.setProperty("PAGE_URL", addresses.page().toString());
        properties.setProperty(PID, Long.toString(ProcessHandle.current().pid()));
        try {
            Files.createDirectories(file.getParent());
            Files.deleteIfExists(file);
            Files.createFile(file, OWNER_ONLY);
            try (Writer writer = Files.newBufferedWriter(file)) {
                properties.store(writer, "Of the running local stack; removed when it stops");
            }
            return new RunningFile(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }

    /** Removes the file unless a later stack has taken it over. */
    @Override
    public void close() {
        try {
            if (Files.exists(file)
                    && Long.toString(ProcessHandle.current().pid())
                            .equals(load(file).getProperty(PID))) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove " + file, e);
        }
    }

    private static Properties load(Path file) {
        Properties properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }
}
