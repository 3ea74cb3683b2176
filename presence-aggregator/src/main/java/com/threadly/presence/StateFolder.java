package com.threadly.presence;

import com.threadly.runtime.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder of the stores. */
final class StateFolder {

    private StateFolder() {}

    /**
     * The configured one, or a temporary one that is deleted when the service ends; its state is restored from Kafka.
     */
    static Path of(Optional<Path> set, Context context) throws IOException {
        if (set.isPresent()) {
            return set.get();
        }
        Path folder = Files.createTempDirectory(context.name() + "-");
        context.closing(() -> delete(folder));
        return folder;
    }

    private static void delete(Path folder) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(folder)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }
}
