package com.threadly.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where one stack keeps its data and logs. */
final class StackFolder implements AutoCloseable {

    private static final String LOGS = "logs";

    private final Path path;
    private final boolean temporary;
    private volatile boolean keepingLogs;

    StackFolder(Path path, boolean temporary) {
        this.path = path;
        this.temporary = temporary;
    }

    static StackFolder of(StackOptions options) {
        Path data = options.data();
        try {
            return data == null
                    ? new StackFolder(Files.createTempDirectory("threadly-stack-"), true)
                    : new StackFolder(Files.createDirectories(data).toRealPath(), false);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot keep data in " + (data == null ? "a temporary folder" : data), e);
        }
    }

    Path of(String part) {
        return path.resolve(part);
    }

    Path logs() {
        return path.resolve(LOGS);
    }

    Path log(String part) {
        return logs().resolve(part + ".log");
    }

    /** Keeps the logs when the rest is removed, so that they can show why the stack did not start. */
    void keepLogs() {
        keepingLogs = true;
    }

    void discardLogs() {
        keepingLogs = false;
        close();
    }

    /** Removes a temporary folder. */
    @Override
    public void close() {
        if (!temporary || !Files.exists(path)) {
            return;
        }
        try (Stream<Path> all = Files.walk(path)) {
            List<Path> deepestFirst = all.filter(each -> !isKept(each))
                    .sorted(Comparator.reverseOrder())
                    .toList();
            for (Path each : deepestFirst) {
                Files.deleteIfExists(each);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new IllegalStateException("Cannot remove the temporary folder " + path, e);
        }
    }

    private boolean isKept(Path each) {
        return keepingLogs && Files.exists(logs()) && (each.equals(path) || each.startsWith(logs()));
    }
}
