package com.threadly.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where one stack keeps its data and logs. */
record StackFolder(Path path, boolean temporary) implements AutoCloseable {

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

    Path log(String part) {
        return path.resolve("logs").resolve(part + ".log");
    }

    /** Removes a temporary folder. */
    @Override
    public void close() {
        if (!temporary) {
            return;
        }
        try (Stream<Path> all = Files.walk(path)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path each : deepestFirst) {
                Files.deleteIfExists(each);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new IllegalStateException("Cannot remove the temporary folder " + path, e);
        }
    }
}
